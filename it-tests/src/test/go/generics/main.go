//go:build go1.18
// +build go1.18

// generics: type parameters, constraints, generic containers; Go 1.18 and later.
package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
)

type number interface {
	~int | ~int8 | ~int64 | ~uint32 | ~float32 | ~float64
}

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func mapped[A, B any](xs []A, f func(A) B) []B {
	out := make([]B, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func reduce[A, B any](xs []A, z B, f func(B, A) B) B {
	for _, x := range xs {
		z = f(z, x)
	}
	return z
}

type tree[K any, V any] struct {
	less func(a, b K) bool
	root *node[K, V]
	size int
}

type node[K, V any] struct {
	k    K
	v    V
	l, r *node[K, V]
}

func (t *tree[K, V]) put(k K, v V) {
	p := &t.root
	for *p != nil {
		switch {
		case t.less(k, (*p).k):
			p = &(*p).l
		case t.less((*p).k, k):
			p = &(*p).r
		default:
			(*p).v = v
			return
		}
	}
	*p = &node[K, V]{k: k, v: v}
	t.size++
}

func (n *node[K, V]) walk(f func(K, V)) {
	if n != nil {
		n.l.walk(f)
		f(n.k, n.v)
		n.r.walk(f)
	}
}

type set[T comparable] map[T]struct{}

func (s set[T]) add(x T) { s[x] = struct{}{} }

type stringer interface{ String() string }
type id int

func (i id) String() string { return fmt.Sprintf("#%d", int(i)) }

func join[T stringer](xs []T) string { return strings.Join(mapped(xs, T.String), ",") }

type list[T any] struct {
	head T
	tail *list[T]
}

func keys[M ~map[K]V, K comparable, V any](m M) []K {
	var out []K
	for k := range m {
		out = append(out, k)
	}
	return out
}

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2.5), sum[int8](100, 27), sum[id](1, 2))
	fmt.Println(mapped([]int{1, 2, 3}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Println(reduce([]string{"a", "bb", "ccc"}, 0, func(n int, s string) int { return n + len(s) }))
	t := tree[string, int]{less: func(a, b string) bool { return a < b }}
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t.put(w, i)
	}
	t.root.walk(func(k string, v int) { fmt.Print(k, "=", v, " ") })
	fmt.Println(t.size)
	s := set[[2]int]{}
	for i := 0; i < 10; i++ {
		s.add([2]int{i % 3, i % 2})
	}
	fmt.Println(len(s), join([]id{4, 5}))
	var l *list[float64]
	for i := 0; i < 5; i++ {
		l = &list[float64]{float64(i) / 2, l}
	}
	for p := l; p != nil; p = p.tail {
		fmt.Print(p.head, " ")
	}
	ks := keys(map[string]bool{"z": true, "a": false})
	sort.Strings(ks)
	fmt.Printf("%v %T %T\n", ks, t, s)
	b, err := os.ReadFile("/definitely/absent")
	fmt.Println(b, errors.Is(err, os.ErrNotExist))
	es, err := os.ReadDir("/proc/self/fd")
	fmt.Println(len(es) >= 3, err)
}
