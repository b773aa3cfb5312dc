// bigdata: maps, strings and slices of some megabytes.
package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

func main() {
	m := map[string]int{}
	for i := 0; i < 30000; i++ {
		m["key-"+strconv.Itoa(i)] = i
	}
	sum := 0
	for k, v := range m {
		sum += v + len(k)
	}
	fmt.Println(len(m), sum, m["key-29999"])
	for i := 0; i < 30000; i += 3 {
		delete(m, "key-"+strconv.Itoa(i))
	}
	_, gone := m["key-3"]
	fmt.Println(len(m), gone)

	ints := map[int]int{}
	for i := 0; i < 40000; i++ {
		ints[i*7919%100003] += i
	}
	fmt.Println(len(ints), ints[42])

	var sb strings.Builder
	for i := 0; i < 200000; i++ {
		sb.WriteString("lorem ")
		if i%10 == 9 {
			sb.WriteByte('\n')
		}
	}
	s := sb.String()
	fmt.Println(len(s), strings.Count(s, "\n"), strings.Count(s, "lorem"), strings.LastIndex(s, "lorem"))
	fields := strings.Fields(s)
	fmt.Println(len(fields), len(strings.Join(fields, "")), len(strings.Replace(s, "lorem", "ipsum!", -1)))
	fmt.Println(strings.Contains(s, "lorem\nlorem"), strings.Index(s, "absent"))

	grid := make([][]int32, 700)
	for i := range grid {
		grid[i] = make([]int32, 700)
		for k := range grid[i] {
			grid[i][k] = int32(i ^ k)
		}
	}
	var total int64
	for k := 0; k < 700; k++ {
		for i := 0; i < 700; i++ {
			total += int64(grid[i][k])
		}
	}
	fmt.Println(total)

	words := strings.Split(strings.Repeat("delta alpha charlie bravo ", 2000), " ")
	sort.Strings(words)
	fmt.Println(len(words), words[1], words[6000], words[8000])
	type key struct {
		a, b int16
		s    string
	}
	st := map[key]float64{}
	for i := 0; i < 20000; i++ {
		st[key{int16(i), int16(i >> 4), "x"}] += 0.5
	}
	fmt.Println(len(st), st[key{16, 1, "x"}])
	big := make([]byte, 4<<20)
	for i := range big {
		big[i] = byte(i * 31)
	}
	c := append([]byte(nil), big...)
	copy(c[1:], big)
	fmt.Println(len(c), c[4097], c[4<<20-1])
}
