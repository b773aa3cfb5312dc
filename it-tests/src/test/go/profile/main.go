// profile: the CPU profiler (interval timers, SIGPROF), heap profile, expvar-free.
package main

import (
	"bytes"
	"fmt"
	"runtime/pprof"
	"time"
)

var sink int

func work(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		for i := 0; i < 10000; i++ {
			sink += i * i
		}
	}
}

func main() {
	var buf bytes.Buffer
	if err := pprof.StartCPUProfile(&buf); err != nil {
		fmt.Println(err)
		return
	}
	work(60 * time.Millisecond)
	pprof.StopCPUProfile()
	fmt.Println("profile", buf.Len() > 100)
	buf.Reset()
	fmt.Println(pprof.WriteHeapProfile(&buf), buf.Len() > 50)
	buf.Reset()
	fmt.Println(pprof.Lookup("goroutine").WriteTo(&buf, 1), bytes.Contains(buf.Bytes(), []byte("main.main")))
}
