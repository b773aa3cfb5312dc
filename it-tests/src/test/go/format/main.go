// format: the verbs of fmt, scanning, tabwriter.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

type point struct {
	X, Y int
	Name string
}

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

type wrapped struct{ err error }

func (w wrapped) Error() string { return "wrapped: " + w.err.Error() }
func (w wrapped) Unwrap() error { return w.err }

var errBase = errors.New("base")

func main() {
	p := point{1, -2, "p\tq"}
	fmt.Printf("%v %+v %#v %T\n", p, p, p, p)
	fmt.Printf("%v %+v\n", &p, []point{p})
	fmt.Printf("%d %5d|%-5d|%05d|%+d %x %X %#x %o %b %c %q %U\n", 42, 42, 42, 42, 42, 48879, 48879, 48879, 8, 5, 'A', 'x', 0x1F600)
	fmt.Printf("%f %.2f %8.3f %e %g %G %.3g %x\n", 3.14159, 3.14159, 3.14159, 1234.5678, 1e21, 1e-7, 1234567.0, 1.0)
	fmt.Printf("%s %10s|%-10s|%q %x % x %.2s\n", "go", "go", "go", "go\n", "go", "go", "golang")
	fmt.Printf("%t %v %p %v\n", true, nil, nil, [3]bool{true})
	fmt.Printf("%v %v\n", map[string]int{"b": 2, "a": 1, "c": 3}, map[int]string{3: "x", 1: "y"})
	fmt.Printf("%v %s %d\n", celsius(21.5), celsius(-3), []byte("hi"))
	fmt.Printf("%!|%z %d\n", 1)
	fmt.Printf("%[2]d %[1]d %*d\n", 1, 2, 5, 7)
	fmt.Printf("%v %v %v\n", complex(1, -2), 'x', uint8(200))
	fmt.Printf("%08.3f|%+.2e|% d|%x\n", -3.14159, 123456.789, 7, []byte{0, 255})
	e := fmt.Errorf("outer: %w", wrapped{errBase})
	var w wrapped
	fmt.Println(e, errors.Is(e, errBase), errors.As(e, &w), w)
	var a, b int
	var s string
	n, err := fmt.Sscanf("10-0x20 word", "%d-%v %s", &a, &b, &s)
	fmt.Println(n, err, a, b, s)
	n, err = fmt.Sscan("7 8", &a, &b)
	fmt.Println(n, err, a, b)
	_, err = fmt.Sscanf("x", "%d", &a)
	fmt.Println(err)
	fmt.Fprintln(os.Stdout, strings.Repeat("=", 20), []interface{}{1, "a", nil, 2.5})
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaaa\tb\tccccc")
	tw.Flush()
	println("println goes to stderr", 42, true, -7)
}
