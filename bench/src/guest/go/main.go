// The programs of bench/compare: what Go programs spend their time on, one at a time, with a size.
//
//	bench NAME SIZE
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"
)

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func sieve(n int) int {
	s := make([]bool, n+1)
	c := 0
	for i := 2; i <= n; i++ {
		if !s[i] {
			c++
			for j := i * 2; j <= n; j += i {
				s[j] = true
			}
		}
	}
	return c
}

func nbody(n int) float64 {
	x, y, vx, vy := 1.0, 0.0, 0.0, 1.0
	for i := 0; i < n; i++ {
		r := math.Sqrt(x*x + y*y)
		a := -1 / (r * r * r)
		vx += a * x * 0.001
		vy += a * y * 0.001
		x += vx * 0.001
		y += vy * 0.001
	}
	return x
}

func maps(n int) int {
	m := map[string]int{}
	for i := 0; i < n; i++ {
		m["k"+strconv.Itoa(i%5000)] += i
	}
	return len(m)
}

func sorts(n int) int {
	v := make([]int, n)
	x := uint32(1)
	for i := range v {
		x = x*1664525 + 1013904223
		v[i] = int(x >> 8)
	}
	sort.Ints(v)
	return v[n/2]
}

func js(n int) int {
	t := 0
	for i := 0; i < n; i++ {
		b, _ := json.Marshal(map[string]interface{}{"a": i, "b": strings.Repeat("x", 20), "c": []int{1, 2, 3}})
		var o map[string]interface{}
		json.Unmarshal(b, &o)
		t += len(b) + len(o)
	}
	return t
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bench fib|sieve|nbody|maps|sort|json|sha SIZE")
		os.Exit(2)
	}
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	switch os.Args[1] {
	case "fib":
		fmt.Println(fib(n))
	case "sieve":
		fmt.Println(sieve(n))
	case "nbody":
		fmt.Println(nbody(n))
	case "maps":
		fmt.Println(maps(n))
	case "sort":
		fmt.Println(sorts(n))
	case "json":
		fmt.Println(js(n))
	case "sha":
		b := make([]byte, n)
		fmt.Printf("%x\n", sha256.Sum256(b))
	default:
		fmt.Fprintln(os.Stderr, "no program", os.Args[1])
		os.Exit(2)
	}
}
