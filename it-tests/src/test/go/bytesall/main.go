// bytesall: the functions with vector code, over all lengths and alignments.
package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"strings"
)

func main() {
	a := make([]byte, 400)
	b := make([]byte, 400)
	for i := range a {
		a[i] = byte(i%23 + 'a')
	}
	h := fnv.New64a()
	put := func(v int) { h.Write([]byte{byte(v), byte(v >> 8)}) }
	bad := 0
	for n := 0; n <= 140; n++ {
		for off := 0; off < 9; off++ {
			x := a[off : off+n]
			copy(b[8-off:], x)
			y := b[8-off : 8-off+n]
			if !bytes.Equal(x, y) || bytes.Compare(x, y) != 0 {
				bad++
			}
			put(bytes.IndexByte(x, 'q'))
			put(bytes.Count(x, []byte{'c'}))
			put(bytes.LastIndexByte(x, 'k'))
			put(strings.IndexByte(string(x), 'z'))
			if n > 0 {
				for _, k := range []int{0, n / 2, n - 1} {
					y[k] ^= 1
					if bytes.Equal(x, y) {
						bad++
					}
					put(bytes.Compare(x, y) + 1)
					y[k] ^= 1
				}
			}
		}
	}
	fmt.Printf("%x %d\n", h.Sum64(), bad)
	hay := bytes.Repeat([]byte("abcdefghijklmnopqrstuvwxyz0123456789"), 20)
	h.Reset()
	for l := 1; l < 80; l++ {
		for at := 0; at+l < 200; at += 7 {
			needle := append([]byte{}, hay[at:at+l]...)
			put(bytes.Index(hay, needle))
			put(strings.Index(string(hay), string(needle)))
			needle[l-1] = '#'
			put(bytes.Index(hay, needle) + 1)
			put(bytes.LastIndex(hay, needle) + 1)
		}
	}
	fmt.Printf("%x\n", h.Sum64())
	h.Reset()
	for n := 0; n < 300; n++ {
		dst := make([]byte, 700)
		for i := range dst {
			dst[i] = byte(i)
		}
		copy(dst[n%37:], dst[n%11:n%11+n])
		h.Write(dst)
		copy(dst[n%11:], dst[n%37:n%37+n])
		h.Write(dst)
		for i := range dst[:n] {
			dst[i] = 0
		}
		h.Write(dst)
	}
	fmt.Printf("%x\n", h.Sum64())
	fmt.Println(bytes.ToUpper([]byte("straße Ünï")), bytes.Title([]byte("one two")), string(bytes.TrimFunc([]byte("  x "), func(r rune) bool { return r == ' ' })))
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return r + 1
	}, "banana"), strings.EqualFold("Go", "GO"), strings.ToTitle("ǆ"), strings.NewReplacer("a", "1", "b", "22").Replace("abcab"))
	fmt.Println(bytes.ContainsAny(hay, "?!9"), bytes.IndexAny(hay, "98"), strings.IndexRune("日本語", '語'), strings.SplitN("a,b,c,d", ",", 3), bytes.Fields([]byte(" a  b c ")))
}
