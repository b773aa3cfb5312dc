// parallel: CPU-bound workers on all processors, merged; a pipeline; an errgroup by hand.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
)

func mandel(y, size int) (n int) {
	for x := 0; x < size; x++ {
		cr, ci := 3*float64(x)/float64(size)-2, 2*float64(y)/float64(size)-1
		zr, zi := 0.0, 0.0
		i := 0
		for ; i < 60 && zr*zr+zi*zi < 4; i++ {
			zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
		}
		n += i
	}
	return
}

func main() {
	const size = 96
	rows := make(chan int)
	sums := make(chan int)
	var wg sync.WaitGroup
	for w := 0; w < runtime.GOMAXPROCS(0)+2; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s := 0
			for y := range rows {
				s += mandel(y, size)
			}
			sums <- s
		}()
	}
	go func() {
		for y := 0; y < size; y++ {
			rows <- y
		}
		close(rows)
		wg.Wait()
		close(sums)
	}()
	total := 0
	for s := range sums {
		total += s
	}
	fmt.Println("mandel", total)

	gen := func(n int) <-chan int {
		c := make(chan int, 3)
		go func() {
			defer close(c)
			for i := 0; i < n; i++ {
				c <- i
			}
		}()
		return c
	}
	sq := func(in <-chan int) <-chan int {
		c := make(chan int)
		go func() {
			defer close(c)
			for v := range in {
				c <- v * v
			}
		}()
		return c
	}
	s := 0
	for v := range sq(sq(gen(100))) {
		s += v
	}
	fmt.Println("pipeline", s)

	errs := make(chan error, 10)
	for i := 0; i < 10; i++ {
		go func(i int) {
			if i == 7 {
				errs <- errors.New("seven failed")
				return
			}
			errs <- nil
		}(i)
	}
	for i := 0; i < 10; i++ {
		if err := <-errs; err != nil {
			fmt.Println(err)
		}
	}
	sem := make(chan struct{}, 3)
	var mu sync.Mutex
	running, most := 0, 0
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{}
			mu.Lock()
			running++
			if running > most {
				most = running
			}
			mu.Unlock()
			runtime.Gosched()
			mu.Lock()
			running--
			mu.Unlock()
			<-sem
		}()
	}
	wg.Wait()
	fmt.Println("bounded", most <= 3, most >= 1)
}
