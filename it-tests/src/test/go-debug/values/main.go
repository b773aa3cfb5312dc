// values: arguments and locals of many kinds, to be looked at and changed.
package main

import (
	"fmt"
	"os"
	"strings"
)

type point struct {
	X, Y int
	Name string
}

var global = 41
var ratio = 2.5

//go:noinline
func scale(f float64, g float32, n int) float64 {
	r := f*float64(g) + float64(n)
	return r
}

//go:noinline
func describe(p *point, words []string, m map[string]int) string {
	joined := strings.Join(words, "-")
	n := m["two"] + p.X
	return fmt.Sprint(joined, n, p.Name)
}

//go:noinline
func factorial(n int) int {
	if n <= 1 {
		return 1
	}
	return n * factorial(n-1)
}

func main() {
	fmt.Println("args", os.Args[1:])
	fmt.Println(scale(1.5, 2.25, 3))
	p := &point{3, 4, "corner"}
	fmt.Println(describe(p, []string{"a", "b"}, map[string]int{"one": 1, "two": 2}))
	fmt.Println(factorial(6), global, ratio)
	if global == 99 {
		fmt.Println("changed by the debugger")
	}
}
