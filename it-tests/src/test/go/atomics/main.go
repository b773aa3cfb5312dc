// atomics: sync/atomic, and what sync builds on it.
package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	var i32 int32
	var i64 int64
	var u32 uint32
	var v atomic.Value
	var wg sync.WaitGroup
	for g := 0; g < 16; g++ {
		wg.Add(1)
		go func(g int) {
			defer wg.Done()
			for k := 0; k < 300; k++ {
				atomic.AddInt32(&i32, 1)
				atomic.AddInt64(&i64, int64(g))
				for {
					old := atomic.LoadUint32(&u32)
					if atomic.CompareAndSwapUint32(&u32, old, old^uint32(g*k)) {
						break
					}
				}
			}
			v.Store(g)
		}(g)
	}
	wg.Wait()
	fmt.Println(i32, i64, u32, v.Load().(int) < 16, atomic.SwapInt32(&i32, 5), i32)
	var once sync.Once
	n := 0
	for i := 0; i < 5; i++ {
		once.Do(func() { n++ })
	}
	fmt.Println("once", n)
	var rw sync.RWMutex
	shared := map[int]int{}
	for i := 0; i < 8; i++ {
		wg.Add(2)
		go func(i int) { defer wg.Done(); rw.Lock(); shared[i] = i * i; rw.Unlock() }(i)
		go func(i int) { defer wg.Done(); rw.RLock(); _ = shared[i]; rw.RUnlock() }(i)
	}
	wg.Wait()
	fmt.Println(len(shared), shared[7])
	var m sync.Map
	for i := 0; i < 100; i++ {
		m.Store(i, i*2)
	}
	got, loaded := m.LoadOrStore(50, 1)
	c := 0
	m.Range(func(k, v interface{}) bool { c += v.(int); return true })
	fmt.Println(got, loaded, c)
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := 0
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func() { mu.Lock(); ready++; cond.Broadcast(); mu.Unlock(); wg.Done() }()
	}
	mu.Lock()
	for ready < 5 {
		cond.Wait()
	}
	mu.Unlock()
	wg.Wait()
	pool := sync.Pool{New: func() interface{} { return new([64]byte) }}
	b := pool.Get().(*[64]byte)
	pool.Put(b)
	fmt.Println("cond", ready, len(b))

	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), "k", "v"), 10*time.Millisecond)
	defer cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), ctx.Value("k"))
	case <-time.After(20 * time.Second):
		fmt.Println("too late")
	}
	ctx, cancel = context.WithCancel(context.Background())
	child, stop := context.WithTimeout(ctx, time.Hour)
	defer stop()
	go cancel()
	<-child.Done()
	fmt.Println(child.Err())
}
