// bigoutput: a megabyte through a buffered writer, then a thousand unbuffered lines.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	w := bufio.NewWriterSize(os.Stdout, 64<<10)
	for i := 0; i < 15000; i++ {
		fmt.Fprintf(w, "line %6d: the quick brown fox jumps over the lazy dog %08x\n", i, i*2654435761)
	}
	w.Flush()
	for i := 0; i < 1000; i++ {
		fmt.Println("plain", i)
	}
	fmt.Fprintln(os.Stderr, "done")
}
