// jsons: encoding/json both ways.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

type address struct {
	Street string `json:"street"`
	Zip    *int   `json:"zip,omitempty"`
}

type person struct {
	Name    string                 `json:"name"`
	Age     int                    `json:"age"`
	Emails  []string               `json:"emails"`
	Home    address                `json:"home"`
	Extra   map[string]interface{} `json:"extra,omitempty"`
	private int
	Raw     json.RawMessage `json:"raw,omitempty"`
	Score   float64         `json:"score,string"`
}

func main() {
	zip := 12345
	p := person{Name: "Zoë <b>", Age: 33, Emails: []string{"a@b.c", "d@e.f"}, Home: address{"Main\nSt", &zip},
		Extra: map[string]interface{}{"k": []int{1, 2}, "a": nil, "f": 1.5e300}, Raw: json.RawMessage(`{"x":[1,2]}`), Score: 0.1}
	b, err := json.Marshal(p)
	fmt.Println(string(b), err)
	var q person
	fmt.Println(json.Unmarshal(b, &q), q.Name, *q.Home.Zip, q.Extra["f"], string(q.Raw), q.Score)
	b, _ = json.MarshalIndent(map[string]interface{}{"z": 1, "y": []interface{}{true, nil, "s"}, "x": map[string]int{}}, "", "  ")
	fmt.Println(string(b))
	var any interface{}
	for _, s := range []string{`[1,2.5,"x",{"a":null}]`, `{"a":1,}`, `[1`, `"\ud83d\ude00"`, `nul`} {
		err := json.Unmarshal([]byte(s), &any)
		fmt.Printf("%v %v\n", any, err)
	}
	d := json.NewDecoder(strings.NewReader(`{"n":1} {"n":2} {"n":18446744073709551615}`))
	d.UseNumber()
	for d.More() {
		var m map[string]interface{}
		if err := d.Decode(&m); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Print(m["n"], " ")
	}
	fmt.Println()
	var list []map[string]int
	for i := 0; i < 300; i++ {
		list = append(list, map[string]int{"i": i, "sq": i * i})
	}
	var buf bytes.Buffer
	json.NewEncoder(&buf).Encode(list)
	var back []map[string]int
	fmt.Println(buf.Len(), json.Unmarshal(buf.Bytes(), &back), len(back), back[299]["sq"])
	var compact bytes.Buffer
	json.Compact(&compact, []byte("{ \"a\" : [ 1 , 2 ] }"))
	fmt.Println(compact.String(), json.Valid([]byte(`{"a":}`)))
}
