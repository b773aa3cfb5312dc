// reflects: reflection, which calls through the runtime's assembly.
package main

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"
)

type inner struct{ A, B int8 }

type record struct {
	Name  string `tag:"n"`
	Count int
	In    inner
	F     float32
	hide  bool
}

func (r record) Hello(s string, n ...int) string { return fmt.Sprint(r.Name, s, n, r.F) }
func (r *record) Set(n int)                      { r.Count = n }

func many(a int8, b float32, c string, d [3]int, e float64, f interface{}, g uint16, h []byte) (float64, string, error) {
	return float64(a) + float64(b) + e + float64(d[2]) + float64(g), c + fmt.Sprint(f) + string(h), nil
}

func main() {
	r := &record{Name: "r", F: 1.5}
	v := reflect.ValueOf(r)
	v.MethodByName("Set").Call([]reflect.Value{reflect.ValueOf(9)})
	fmt.Println(r.Count, v.Elem().Method(0).Call([]reflect.Value{reflect.ValueOf("!"), reflect.ValueOf(1), reflect.ValueOf(2)})[0])
	t := v.Elem().Type()
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		fmt.Print(f.Name, " ", f.Type, " ", f.Offset, " ", f.Tag.Get("tag"), "; ")
	}
	fmt.Println(t.Size(), unsafe.Sizeof(*r), unsafe.Offsetof(r.F))
	out := reflect.ValueOf(many).Call([]reflect.Value{reflect.ValueOf(int8(1)), reflect.ValueOf(float32(2.5)), reflect.ValueOf("c"), reflect.ValueOf([3]int{1, 2, 3}),
		reflect.ValueOf(0.25), reflect.ValueOf(true), reflect.ValueOf(uint16(7)), reflect.ValueOf([]byte("h"))})
	fmt.Println(out[0], out[1], out[2].IsNil())
	swap := reflect.MakeFunc(reflect.TypeOf(func(int, string, float64) (float64, string, int) { return 0, "", 0 }), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{in[2], in[1], in[0]}
	}).Interface().(func(int, string, float64) (float64, string, int))
	fmt.Println(swap(1, "two", 3.5))
	m := reflect.MakeMap(reflect.TypeOf(map[string]int{}))
	m.SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf(5))
	ch := reflect.MakeChan(reflect.TypeOf(make(chan int)), 2)
	ch.Send(reflect.ValueOf(3))
	got, ok := ch.Recv()
	i, _, _ := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectDefault}, {Dir: reflect.SelectRecv, Chan: ch}})
	fmt.Println(m.Interface(), got, ok, i)
	fmt.Println(reflect.DeepEqual([]interface{}{1, map[string][]int{"a": {1}}}, []interface{}{1, map[string][]int{"a": {1}}}), reflect.TypeOf(strings.NewReader("")))
	p := unsafe.Pointer(r)
	*(*int)(unsafe.Pointer(uintptr(p) + unsafe.Offsetof(r.Count))) = 77
	fmt.Println(r.Count)
	st := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeOf(0)}, {Name: "Y", Type: reflect.TypeOf("")}})).Elem()
	st.Field(0).SetInt(4)
	fmt.Printf("%+v\n", st.Interface())
	f := r.Set
	f(5)
	defer func() { fmt.Println("recovered:", recover()) }()
	reflect.ValueOf(*r).Field(1).SetInt(1)
}
