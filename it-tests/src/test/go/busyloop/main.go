// busyloop: loops without calls, which only asynchronous preemption (SIGURG by tgkill) can interrupt.
package main

import (
	"fmt"
	"runtime"
	"time"
)

var sink int

func spin(n int) {
	x := 0
	for i := 0; i != n; i++ {
		x += i ^ (x >> 1)
	}
	sink = x
}

func main() {
	runtime.GOMAXPROCS(2)
	for i := 0; i < 3; i++ {
		go spin(-1)
	}
	time.Sleep(10 * time.Millisecond)
	fmt.Println("main got its turn")
	runtime.GC()
	fmt.Println("stopped the world")
	c := make(chan int)
	go func() { c <- 7 }()
	fmt.Println("received", <-c)
}
