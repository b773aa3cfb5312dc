// gosched: a storm of runtime.Gosched, and ping-pong over unbuffered channels.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func main() {
	var wg sync.WaitGroup
	var n int64
	for g := 0; g < 20; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				atomic.AddInt64(&n, 1)
				runtime.Gosched()
			}
		}()
	}
	wg.Wait()
	fmt.Println(n)
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	v := 0
	for i := 0; i < 5000; i++ {
		ping <- v
		v = <-pong
	}
	close(ping)
	_, open := <-pong
	fmt.Println(v, open)
	old := runtime.GOMAXPROCS(1)
	fmt.Println(old >= 1)
	turn := int32(0)
	done := make(chan bool)
	go func() {
		for i := 0; i < 1000; i++ {
			for atomic.LoadInt32(&turn) != 1 {
				runtime.Gosched()
			}
			atomic.StoreInt32(&turn, 0)
		}
		done <- true
	}()
	for i := 0; i < 1000; i++ {
		atomic.StoreInt32(&turn, 1)
		for atomic.LoadInt32(&turn) != 0 {
			runtime.Gosched()
		}
	}
	<-done
	fmt.Println("turns done")
}
