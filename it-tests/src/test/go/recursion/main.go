// recursion: deep recursion and big frames, so that stacks grow, are copied and shrink.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

func depth(n int, p *int) int {
	var pad [16]int
	pad[n%16] = n
	if n == 0 {
		*p = 99
		return 0
	}
	return 1 + depth(n-1, p) + pad[(n+1)%16]
}

func ackermann(m, n int) int {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func frame(n int) int {
	var big [40000]byte
	for i := range big {
		big[i] = byte(i + n)
	}
	if n == 0 {
		return int(big[7])
	}
	return frame(n-1) + int(big[n%len(big)])
}

func endless(n int) int { return endless(n+1) + 1 }

func main() {
	if len(os.Args) > 1 {
		debug.SetMaxStack(1 << 20)
		fmt.Println(endless(0))
	}
	local := 1
	fmt.Println(depth(100000, &local), local)
	runtime.GC()
	fmt.Println(ackermann(2, 300), frame(30))
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			x := 0
			d := depth(3000+i, &x)
			mu.Lock()
			total += d + x
			mu.Unlock()
		}(i)
	}
	wg.Wait()
	fmt.Println(total)
}
