// recovers: run-time errors of every kind, recovered; nil dereference and division go through signals.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"
	"unsafe"
)

type big struct {
	pad [100000]byte
	v   int
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isRuntime := r.(runtime.Error)
		fmt.Println(name, "->", r, isRuntime)
	}()
	f()
	fmt.Println(name, "did not panic")
}

var sink int

func main() {
	zero := len(os.Args) - 1
	var p *int
	var b *big
	var s []int
	var m map[string]int
	var f func()
	for i := 0; i < 3; i++ {
		try("nil read", func() { sink = *p })
		try("nil write", func() { *p = 1 })
	}
	try("nil far", func() { sink = b.v })
	try("nil func", func() { f() })
	try("divide", func() { sink = 7 / zero })
	try("modulo", func() { sink = int(int8(7) % int8(zero)) })
	try("divide 64", func() { sink = int(uint64(7) / uint64(zero)) })
	minimum := -1 << 63
	try("overflow divide", func() { fmt.Println(minimum/(zero-1), minimum%(zero-1)) })
	try("index", func() { sink = s[zero] })
	try("map", func() { m["a"]++ })
	try("type", func() { var i interface{} = 1; fmt.Println(i.(string)) })
	try("custom", func() { panic(fmt.Errorf("custom %d", 1)) })
	try("unhashable", func() { mm := map[interface{}]int{}; mm[[]int{1}] = 2 })
	try("shift", func() { n := zero - 1; sink = 1 << uint(n&63) })
	try("negative len", func() { _ = make([]int, zero-1) })
	debug.SetPanicOnFault(true)
	try("fault", func() { sink = *(*int)(unsafe.Pointer(uintptr(0x123456789))) })
	page, err := syscall.Mmap(-1, 0, 8192, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	fmt.Println(err, len(page))
	page[5000] = 7
	fmt.Println(syscall.Mprotect(page, syscall.PROT_READ), page[5000])
	func() {
		defer func() { fmt.Println("protected", recover() != nil) }()
		page[5000] = 8
	}()
	kept := page[5000]
	fmt.Println(kept, syscall.Munmap(page))
	n := 0
	for i := 0; i < 1000; i++ {
		func() {
			defer func() {
				if recover() != nil {
					n++
				}
			}()
			sink = *p
		}()
	}
	fmt.Println("recovered", n)
}
