// strconvs: numbers to text and back, many of them.
package main

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
)

func main() {
	x := uint64(88172645463325252)
	next := func() uint64 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		return x
	}
	h := fnv.New64a()
	bad := 0
	for i := 0; i < 8000; i++ {
		f := math.Float64frombits(next())
		s := strconv.FormatFloat(f, 'g', -1, 64)
		h.Write([]byte(s))
		back, err := strconv.ParseFloat(s, 64)
		if err != nil || (math.Float64bits(back) != math.Float64bits(f) && !math.IsNaN(f)) {
			bad++
		}
		g := math.Float32frombits(uint32(next()))
		s = strconv.FormatFloat(float64(g), 'e', -1, 32)
		h.Write([]byte(s))
		n := int64(next())
		for _, base := range []int{2, 7, 10, 16, 36} {
			t := strconv.FormatInt(n, base)
			m, err := strconv.ParseInt(t, base, 64)
			if err != nil || m != n {
				bad++
			}
			h.Write([]byte(t))
		}
	}
	fmt.Printf("%x %d\n", h.Sum64(), bad)
	for _, s := range []string{"1e400", "-1e400", "nan", "Inf", "0x1p-2", "1_000", ".5", "5e-324", "2.2250738585072011e-308", "x", ""} {
		f, err := strconv.ParseFloat(s, 64)
		fmt.Println(s, f, err)
	}
	for _, s := range []string{"9223372036854775808", "-9223372036854775808", "0b101", "0o17", "0xff", "12a"} {
		n, err := strconv.ParseInt(s, 0, 64)
		fmt.Println(s, n, err)
	}
	for prec := 0; prec < 20; prec += 3 {
		fmt.Println(strconv.FormatFloat(math.Pi*1e10, 'f', prec, 64), strconv.FormatFloat(math.E/1e9, 'e', prec, 64))
	}
	fmt.Println(strconv.Quote("a\x00é☺\U0001F600\"\n"), strconv.QuoteToASCII("é☺"))
	u, err := strconv.Unquote(`"\u00e9\x41\n"`)
	fmt.Printf("%q %v\n", u, err)
	b, err := strconv.ParseBool("maybe")
	fmt.Println(b, err)
	_, err = strconv.Atoi("99999999999999999999")
	fmt.Println(err)
}
