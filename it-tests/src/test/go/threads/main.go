// threads: many OS threads by LockOSThread and blocking system calls; facts about the runtime.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

func main() {
	n := flag.Int("n", 10, "threads")
	flag.Parse()
	var wg sync.WaitGroup
	var mu sync.Mutex
	tids := map[int]bool{}
	gate := make(chan bool)
	for i := 0; i < *n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			runtime.LockOSThread()
			mu.Lock()
			tids[syscall.Gettid()] = true
			mu.Unlock()
			<-gate
		}()
	}
	for {
		mu.Lock()
		k := len(tids)
		mu.Unlock()
		if k == *n {
			break
		}
		time.Sleep(time.Millisecond)
	}
	close(gate)
	wg.Wait()
	fmt.Println("threads", len(tids))
	for i := 0; i < 6; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ts := syscall.Timespec{Nsec: 3000000}
			syscall.Nanosleep(&ts, nil)
		}()
	}
	wg.Wait()
	fmt.Println(runtime.NumCPU() >= 1, runtime.GOMAXPROCS(0) >= 1, runtime.GOOS, runtime.GOARCH, runtime.Compiler, runtime.Version() != "")
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			runtime.LockOSThread() // the thread dies with the goroutine
			wg.Done()
		}()
	}
	wg.Wait()
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	log.Println("logged", flag.Args())
}
