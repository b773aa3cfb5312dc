// floats: float32, conversions in and out of range, comparisons with NaN, complex numbers, rounding of sums.
package main

import (
	"fmt"
	"math"
)

func main() {
	nan, inf := math.NaN(), math.Inf(1)
	fs := []float64{0, 1, -1, 1.5, -1.5, 2.5, 0.49999999999999994, 1e9, 2147483647.5, -2147483649, 4294967296.5, 9.2e18, -9.2e18, 1e-320, 3.4e38, 3.5e38, 16777217, inf, -inf, nan}
	for _, f := range fs {
		g := float32(f)
		fmt.Printf("%v %x %x", f, math.Float32bits(g)&0xffbfffff, math.Float64bits(float64(g))&^(1<<51))
		if f > -9.3e18 && f < 9.2e18 {
			fmt.Print(" ", int64(f))
		}
		if f > -2147483648 && f < 2147483648 {
			fmt.Print(" ", int32(f), int32(g), int16(int32(f)))
		}
		if f >= 0 && f < 1.8e19 {
			fmt.Print(" ", uint64(f))
		}
		fmt.Println(" ", f == f, f < 1, f > 1, f <= 1, f != 1, g == 1.5)
	}
	for _, n := range []int64{0, 1, -1, 1<<53 + 1, 1<<62 + 12345, math.MaxInt64, math.MinInt64} {
		fmt.Printf("%x %x %x %x\n", math.Float64bits(float64(n)), math.Float32bits(float32(n)), math.Float64bits(float64(uint64(n))), math.Float32bits(float32(uint64(n))))
	}
	var s32, k32 float32
	var s64 float64
	for i := 1; i <= 30000; i++ {
		s32 += 1 / float32(i)
		k32 = k32*0.999 + float32(i)*0.25 - float32(i%7)/3
		s64 += 1 / float64(i)
	}
	fmt.Printf("%x %x %x\n", math.Float32bits(s32), math.Float32bits(k32), math.Float64bits(s64))
	var tiny float64 = 5e-324
	fmt.Println(tiny/2, tiny*2, tiny*0.5 == 0, math.MaxFloat64*tiny*1e30, -1/inf, inf-inf == inf-inf)
	z := complex(1, 2)
	w := complex64(complex(3, -1))
	fmt.Println(z*z, z/complex(0, 1), w*w, real(z), imag(w), z == complex(1, 2))
	m := [4][4]float64{}
	for i := range m {
		for k := range m {
			m[i][k] = 1 / float64(i+k+1)
		}
	}
	for n := 0; n < 5; n++ {
		var r [4][4]float64
		for i := range m {
			for k := range m {
				for l := range m {
					r[i][k] += m[i][l] * m[l][k]
				}
			}
		}
		m = r
	}
	fmt.Printf("%x %x\n", math.Float64bits(m[0][0]), math.Float64bits(m[3][2]))
	in := 0
	for y := -20; y < 20; y++ {
		for x := -40; x < 20; x++ {
			c := complex(float64(x)/20, float64(y)/20)
			v := complex(0, 0)
			n := 0
			for ; n < 50 && real(v)*real(v)+imag(v)*imag(v) < 4; n++ {
				v = v*v + c
			}
			if n == 50 {
				in++
			}
		}
	}
	fmt.Println("mandelbrot", in)
	var neg = math.Copysign(0, -1)
	fmt.Println(neg == 0, 1/neg, math.Signbit(neg*1), math.Float64bits(0*neg))
}
