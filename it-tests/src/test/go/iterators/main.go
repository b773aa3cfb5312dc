//go:build go1.23
// +build go1.23

// iterators: range over functions and integers, slices, maps, cmp, min/max/clear, unique; Go 1.23 and later.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unique"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("(end) ")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		nextA, stopA := iter.Pull(a)
		defer stopA()
		nextB, stopB := iter.Pull(b)
		defer stopB()
		for {
			x, ok1 := nextA()
			y, ok2 := nextB()
			if !ok1 || !ok2 || !yield(x, y) {
				return
			}
		}
	}
}

type version struct {
	name  string
	major int
}

func find(n int) string {
	for i := range count(100) {
		if i == n {
			return fmt.Sprint("found ", i)
		}
	}
	return "absent"
}

func main() {
	for i := range count(10) {
		if i == 4 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
	fmt.Println(find(3))
	for a, b := range zip(count(3), slices.Values([]string{"a", "b", "c", "d"})) {
		fmt.Print(a, b, " ")
	}
	fmt.Println()
	m := map[string]int{"x": 1, "y": 2, "z": 3}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Max([]float64{1, 9, 3}), min(3, 1, 2), max(2.5, 1))
	vs := []version{{"b", 2}, {"a", 2}, {"c", 1}}
	slices.SortFunc(vs, func(a, b version) int { return cmp.Or(cmp.Compare(a.major, b.major), strings.Compare(a.name, b.name)) })
	fmt.Println(vs)
	clear(m)
	fmt.Println(len(m), slices.Collect(slices.Chunk([]int{1, 2, 3, 4, 5}, 2)))
	i, ok := slices.BinarySearch([]int{1, 3, 5}, 3)
	fmt.Println(i, ok, slices.Index([]string{"p", "q"}, "q"))
	fmt.Println(unique.Make("same") == unique.Make("sa"+strings.ToLower("ME")))
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	defer func() { fmt.Println("recovered", recover()) }()
	for i := range count(3) {
		if i == 1 {
			panic("inside the loop")
		}
	}
}
