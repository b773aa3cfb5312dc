// encodings: binary, hex, base64, gob, csv, xml, templates.
package main

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	htmltemplate "html/template"
	"os"
	"strings"
	"text/template"
)

type header struct {
	Magic  uint32
	Length int16
	Flags  [3]uint8
	Value  float64
}

type item struct {
	XMLName xml.Name `xml:"item"`
	ID      int      `xml:"id,attr"`
	Name    string   `xml:"name"`
	Tags    []string `xml:"tags>tag"`
}

func main() {
	var buf bytes.Buffer
	h := header{0xcafebabe, -2, [3]uint8{1, 2, 3}, 1.5}
	binary.Write(&buf, binary.BigEndian, h)
	fmt.Printf("%x\n", buf.Bytes())
	var back header
	fmt.Println(binary.Read(&buf, binary.BigEndian, &back), back == h)
	v := make([]byte, binary.MaxVarintLen64)
	for _, n := range []int64{0, -1, 300, 1 << 40, -1 << 63} {
		k := binary.PutVarint(v, n)
		m, _ := binary.Varint(v[:k])
		fmt.Print(k, m == n, " ")
	}
	fmt.Println(binary.LittleEndian.Uint64([]byte{1, 2, 3, 4, 5, 6, 7, 8}))
	fmt.Print(hex.Dump([]byte("hex dump of some bytes\x00\xff")))
	e := base64.StdEncoding.EncodeToString([]byte("any carnal pleas\xff\xfe"))
	d, err := base64.StdEncoding.DecodeString(e)
	fmt.Println(e, string(d[:16]), err, base64.RawURLEncoding.EncodeToString([]byte{0xfb, 0xff}), base32.StdEncoding.EncodeToString([]byte("foob")))
	_, err = base64.StdEncoding.DecodeString("!!!!")
	fmt.Println(err)
	buf.Reset()
	gob.NewEncoder(&buf).Encode(map[string][]int{"a": {1, 2}, "b": nil})
	var gm map[string][]int
	fmt.Println(gob.NewDecoder(&buf).Decode(&gm), gm)
	r := csv.NewReader(strings.NewReader("a,\"b,c\",d\n1,2,\"x\"\"y\"\n"))
	recs, err := r.ReadAll()
	fmt.Printf("%q %v\n", recs, err)
	csv.NewWriter(os.Stdout).Write([]string{"unflushed"})
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"a b", "c,d", "e\"f"})
	w.Flush()
	x, err := xml.MarshalIndent(item{ID: 7, Name: "n<&>", Tags: []string{"p", "q"}}, "", " ")
	fmt.Println(string(x), err)
	var it item
	fmt.Println(xml.Unmarshal(x, &it), it.ID, it.Name, it.Tags)
	t := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse(
		"{{range $i, $e := .Items}}{{if $i}}, {{end}}{{$e | up | printf \"%q\"}}{{else}}none{{end}}; {{len .Items}} {{with .Map}}{{.k}}{{end}} {{index .Items 1}} {{eq 1 1}}\n"))
	fmt.Println(t.Execute(os.Stdout, map[string]interface{}{"Items": []string{"a", "b"}, "Map": map[string]int{"k": 3}}))
	fmt.Println(htmltemplate.Must(htmltemplate.New("h").Parse("<a href=\"{{.}}\">{{.}}</a>\n")).Execute(os.Stdout, "x&y<z>"))
	_, err = template.New("bad").Parse("{{.a")
	fmt.Println(err)
}
