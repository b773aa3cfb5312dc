// panics: one way to die for each argument.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"
)

type node struct {
	next  *node
	value int
}

type shape interface{ Area() float64 }

func explode(depth int) {
	if depth == 0 {
		panic("at the bottom")
	}
	explode(depth - 1)
}

func main() {
	fmt.Println("before", os.Args[1])
	zero := len(os.Args) - 2
	var s []int
	switch os.Args[1] {
	case "string":
		explode(3)
	case "error":
		panic(errors.New("an error"))
	case "custom":
		panic(fmt.Sprintf("%d-%s", 7, "x"))
	case "int":
		panic(42)
	case "nil":
		var n *node
		fmt.Println(n.next.value)
	case "index":
		fmt.Println(s[zero+5])
	case "slice":
		s = make([]int, 3)
		fmt.Println(s[zero+2 : zero+1])
	case "divide":
		fmt.Println(10 / zero)
	case "map":
		var m map[string]int
		m["x"] = 1
	case "conversion":
		var i interface{} = "text"
		fmt.Println(i.(int))
	case "interface":
		var sh shape
		fmt.Println(sh.Area())
	case "closed":
		c := make(chan int)
		close(c)
		close(c)
	case "deferred":
		defer fmt.Println("deferred runs")
		defer func() { panic("second") }()
		panic("first")
	case "goroutine":
		go func() {
			defer fmt.Println("deferred in goroutine")
			panic("in goroutine")
		}()
		time.Sleep(time.Hour)
	case "deadlock":
		c := make(chan int)
		<-c
	case "goexit":
		runtime.Goexit()
	case "repanic":
		defer func() {
			r := recover()
			panic(fmt.Sprint("again: ", r))
		}()
		panic("once")
	case "badaddress":
		p := (*int)(nil)
		*p = 1
	case "alloc":
		fmt.Println(len(make([]int, zero-1)))
	}
	fmt.Println("not reached")
}
