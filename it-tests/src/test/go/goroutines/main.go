// goroutines: channels, mutexes, wait groups, select and timers together.
package main

import (
	"fmt"
	"sort"
	"sync"
	"time"
)

func worker(id int, jobs <-chan int, results chan<- [2]int, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		results <- [2]int{j, j*j + id*0}
	}
}

func pool() {
	jobs := make(chan int, 10)
	results := make(chan [2]int, 10)
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go worker(i, jobs, results, &wg)
	}
	go func() {
		for i := 0; i < 200; i++ {
			jobs <- i
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	var all [][2]int
	for r := range results {
		all = append(all, r)
	}
	sort.Slice(all, func(i, k int) bool { return all[i][0] < all[k][0] })
	sum := 0
	for _, r := range all {
		sum += r[1]
	}
	fmt.Println("pool", len(all), all[199], sum)
}

func counter() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 200; k++ {
				mu.Lock()
				n++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println("counter", n)
}

func primes(limit int) {
	ch := make(chan int)
	go func(first chan<- int) {
		for i := 2; ; i++ {
			first <- i
		}
	}(ch)
	for i := 0; i < limit; i++ {
		p := <-ch
		fmt.Print(p, " ")
		next := make(chan int)
		go func(in <-chan int, out chan<- int) {
			for {
				if v := <-in; v%p != 0 {
					out <- v
				}
			}
		}(ch, next)
		ch = next
	}
	fmt.Println()
}

func selects() {
	a, b, quit := make(chan int), make(chan string), make(chan struct{})
	go func() {
		for i := 0; i < 5; i++ {
			a <- i
		}
		for i := 0; i < 5; i++ {
			b <- fmt.Sprint("s", i)
		}
		close(quit)
	}()
	for done := false; !done; {
		select {
		case v := <-a:
			fmt.Print("a", v, " ")
		case v := <-b:
			fmt.Print("b", v, " ")
		case <-quit:
			done = true
		}
	}
	fmt.Println("quit")
	select {
	case v := <-a:
		fmt.Println("unexpected", v)
	case <-time.After(5 * time.Millisecond):
		fmt.Println("timeout")
	}
	select {
	case v := <-a:
		fmt.Println("unexpected", v)
	default:
		fmt.Println("default")
	}
}

func main() {
	pool()
	counter()
	primes(40)
	selects()
}
