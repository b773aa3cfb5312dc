// sorting: sort.Ints, Strings, Slice, Stable, Search, heap, list, ring.
package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"sort"
)

type ints []int

func (h ints) Len() int            { return len(h) }
func (h ints) Less(i, j int) bool  { return h[i] < h[j] }
func (h ints) Swap(i, j int)       { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x interface{}) { *h = append(*h, x.(int)) }
func (h *ints) Pop() interface{} {
	o := *h
	x := o[len(o)-1]
	*h = o[:len(o)-1]
	return x
}

type rec struct {
	k int
	v string
}

func main() {
	seed := uint32(1)
	rnd := func() int { seed = seed*1664525 + 1013904223; return int(seed >> 8) }
	v := make([]int, 50000)
	for i := range v {
		v[i] = rnd()
	}
	sort.Ints(v)
	fmt.Println(sort.IntsAreSorted(v), v[0], v[25000], v[49999], sort.SearchInts(v, v[1234]))
	f := make([]float64, 10000)
	for i := range f {
		f[i] = float64(rnd()) / 1000
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(f)))
	fmt.Println(f[0], f[5000], f[9999])
	r := make([]rec, 3000)
	for i := range r {
		r[i] = rec{rnd() % 50, fmt.Sprint("v", i)}
	}
	sort.SliceStable(r, func(i, j int) bool { return r[i].k < r[j].k })
	fmt.Println(r[0], r[1], r[1500], r[2999])
	h := &ints{}
	for i := 0; i < 2000; i++ {
		heap.Push(h, rnd()%10000)
	}
	last, ok := -1, true
	for h.Len() > 0 {
		x := heap.Pop(h).(int)
		ok = ok && x >= last
		last = x
	}
	fmt.Println("heap", ok, last)
	l := list.New()
	for i := 0; i < 10; i++ {
		l.PushFront(i)
		if i%3 == 0 {
			l.MoveToBack(l.Front())
		}
	}
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	q := ring.New(5)
	for i := 0; i < q.Len(); i++ {
		q.Value = i
		q = q.Next()
	}
	q.Do(func(x interface{}) { fmt.Print(x, ";") })
	fmt.Println()
}
