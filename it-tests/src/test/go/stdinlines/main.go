// stdinlines: reads its input with a scanner, counts words.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	counts := map[string]int{}
	lines := 0
	for in.Scan() {
		lines++
		for _, w := range strings.Fields(in.Text()) {
			counts[strings.ToLower(w)]++
		}
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var words []string
	for w := range counts {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool {
		if counts[words[i]] != counts[words[j]] {
			return counts[words[i]] > counts[words[j]]
		}
		return words[i] < words[j]
	})
	fmt.Println(lines, "lines")
	for _, w := range words {
		fmt.Println(w, counts[w])
	}
}
