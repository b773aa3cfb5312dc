// exitcode: ends with the status it is given; deferred calls do not run.
package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
)

func main() {
	defer fmt.Println("never printed")
	if os.Args[1] == "fatal" {
		log.SetFlags(0)
		log.SetPrefix("exitcode: ")
		log.Fatalf("fatal %d", 1)
	}
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "bad status:", err)
		os.Exit(64)
	}
	fmt.Println("exiting with", n)
	os.Exit(n)
}
