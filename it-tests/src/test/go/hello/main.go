// hello: the least a Go program with fmt does.
package main

import "fmt"

func main() {
	fmt.Println("hello go")
}
