// workers: sixteen goroutines that all reach the same function, over and over; the debugger stops them there.
package main

import (
	"fmt"
	"sync"
)

const workers = 16

var mu sync.Mutex
var visits [workers]int

//go:noinline
func visit(id, round int) int {
	doubled := id * 2
	mu.Lock()
	visits[id]++
	mu.Unlock()
	return doubled + round
}

func main() {
	var wg sync.WaitGroup
	sums := make([]int, workers)
	start := make(chan bool)
	for id := 0; id < workers; id++ {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			<-start // so that all sixteen are there at the first stop
			for round := 0; round < 5; round++ {
				sums[id] += visit(id, round)
			}
		}(id)
	}
	close(start)
	wg.Wait()
	total := 0
	for _, s := range sums {
		total += s
	}
	fmt.Println("total", total)
}
