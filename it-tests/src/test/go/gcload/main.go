// gcload: garbage collection under load; run with GOGC=10.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

type tree struct {
	l, r *tree
	pad  [3]uintptr
}

func build(d int) *tree {
	if d == 0 {
		return &tree{}
	}
	return &tree{l: build(d - 1), r: build(d - 1)}
}

func (t *tree) count() int {
	if t.l == nil {
		return 1
	}
	return 1 + t.l.count() + t.r.count()
}

func main() {
	long := build(13)
	var wg sync.WaitGroup
	sums := make([]int, 4)
	for g := range sums {
		wg.Add(1)
		go func(g int) {
			defer wg.Done()
			for i := 0; i < 30; i++ {
				sums[g] += build(8).count()
				b := make([][]byte, 0, 20)
				for k := 0; k < 20; k++ {
					b = append(b, make([]byte, 100<<uint(k%8)))
				}
				sums[g] += len(b[19])
			}
		}(g)
	}
	wg.Wait()
	fmt.Println(long.count(), sums)
	done := make(chan bool, 100)
	for i := 0; i < 50; i++ {
		x := &tree{}
		runtime.SetFinalizer(x, func(*tree) { done <- true })
	}
	runtime.GC()
	runtime.GC()
	<-done
	fmt.Println("finalizer ran")
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	// How many collections the load itself brings depends on the machine's other load.
	fmt.Println(ms.NumGC >= 2, ms.HeapAlloc > 0, ms.TotalAlloc > ms.HeapAlloc)
	old := debug.SetGCPercent(100)
	debug.FreeOSMemory()
	fmt.Println(old)
	runtime.KeepAlive(long)
}
