// language: closures, defers, interfaces, embedded structs, labels, switches, goto, arrays by value, method values, runes.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

type animal interface{ Sound() string }
type base struct{ name string }
type dog struct {
	base
	age int
}
type cat struct{ *base }

func (b base) Name() string { return b.name }
func (d dog) Sound() string { return d.Name() + " woof" }
func (c cat) Sound() string { return c.Name() + " meow" }

type weekday int

const (
	monday weekday = iota + 1
	tuesday
	_
	thursday
)

func (w weekday) String() string { return [...]string{"?", "mon", "tue", "wed", "thu"}[w] }

func fibs() func() int {
	a, b := 0, 1
	return func() int {
		a, b = b, a+b
		return a
	}
}

func deferred() (s string) {
	for i := 0; i < 4; i++ {
		defer func(i int) { s += fmt.Sprint(i) }(i)
	}
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("<", r, ">")
		}
	}()
	panic("p")
}

func variadic(sep string, xs ...interface{}) string {
	var parts []string
	for _, x := range xs {
		switch v := x.(type) {
		case nil:
			parts = append(parts, "nil")
		case int, int64:
			parts = append(parts, fmt.Sprintf("int:%v", v))
		case string:
			parts = append(parts, "s:"+v)
		case error:
			parts = append(parts, "err:"+v.Error())
		case func() int:
			parts = append(parts, fmt.Sprint("f:", v()))
		case []int:
			parts = append(parts, fmt.Sprint("slice", len(v), cap(v)))
		default:
			parts = append(parts, fmt.Sprintf("%T", v))
		}
	}
	return strings.Join(parts, sep)
}

func queens(n, row int, cols, d1, d2 uint) int {
	if row == n {
		return 1
	}
	c := 0
	for free := ^(cols | d1 | d2) & (1<<uint(n) - 1); free != 0; free &= free - 1 {
		bit := free & -free
		c += queens(n, row+1, cols|bit, (d1|bit)<<1, (d2|bit)>>1)
	}
	return c
}

func life(steps int) int {
	const n = 48
	var g [n][n]bool
	r := rand.New(rand.NewSource(42))
	for i := range g {
		for k := range g[i] {
			g[i][k] = r.Intn(3) == 0
		}
	}
	for s := 0; s < steps; s++ {
		var h [n][n]bool
		for i := range g {
			for k := range g[i] {
				c := 0
				for di := -1; di <= 1; di++ {
					for dk := -1; dk <= 1; dk++ {
						if (di != 0 || dk != 0) && g[(i+di+n)%n][(k+dk+n)%n] {
							c++
						}
					}
				}
				h[i][k] = c == 3 || c == 2 && g[i][k]
			}
		}
		g = h
	}
	c := 0
	for i := range g {
		for _, b := range g[i] {
			if b {
				c++
			}
		}
	}
	return c
}

func main() {
	for _, a := range []animal{dog{base{"rex"}, 3}, cat{&base{"tom"}}} {
		fmt.Println(a.Sound())
	}
	f := fibs()
	for i := 0; i < 30; i++ {
		f()
	}
	fmt.Println(f(), deferred(), monday, tuesday, thursday, fmt.Sprintf("%d", thursday))
	fmt.Println(variadic("|", nil, 1, int64(2), "x", os.ErrNotExist, fibs(), make([]int, 2, 8), 'r', 2.5, struct{}{}))
	arr := [3]int{1, 2, 3}
	cp := arr
	cp[0] = 9
	s := arr[:]
	s = append(s[:1], 7)
	fmt.Println(arr, cp, s, len(s), cap(s), arr == [3]int{1, 7, 3})
outer:
	for i := 0; ; i++ {
		for k := 0; k < 5; k++ {
			switch {
			case k == 2:
				continue outer
			case i == 3:
				break outer
			case k == 1:
				fallthrough
			default:
				fmt.Print(i, k, " ")
			}
		}
	}
	fmt.Println()
	i := 0
loop:
	if i < 3 {
		i++
		goto loop
	}
	for i, r := range "aé\xff日" {
		fmt.Print(i, ":", string(r), utf8.RuneLen(r), " ")
	}
	fmt.Println(i, len([]rune("日本語")), utf8.ValidString("\xff"), utf16.Encode([]rune("😀")), unicode.IsUpper('Ä'), unicode.Is(unicode.Han, '語'))
	fmt.Println(queens(8, 0, 0, 0, 0), life(20))
	r := rand.New(rand.NewSource(1))
	fmt.Println(r.Intn(1000), r.Float64(), r.Perm(6), r.NormFloat64(), r.Int63())
	var u8 uint8 = 250
	var i8 int8 = 127
	u8 += 10
	i8++
	fmt.Println(u8, i8, -7/2, -7%3, 7&^5, ^6, 1<<3|1, uint32(1)<<31>>3, int32(-8)>>1)
	x := uint(70)
	fmt.Println(1<<x == 0, int64(-1)>>x, uint8(1)<<(x&7))
	type pair struct{ a, b interface{} }
	fmt.Println(pair{1, "x"} == pair{1, "x"}, interface{}(1) == interface{}(int64(1)))
	method := dog.Sound
	bound := dog{base{"fido"}, 1}.Sound
	fmt.Println(method(dog{base{"ace"}, 1}), bound())
	func() {
		defer func() { fmt.Println("bye", recover()) }()
		var a animal
		a.Sound()
	}()
}
