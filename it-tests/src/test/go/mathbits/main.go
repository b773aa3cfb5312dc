// mathbits: the functions of math, results as bits.
package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

var values = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, 3, 10, 0.1, -0.1, 1e-300, 1e300, 5e-324, math.MaxFloat64, math.Pi, math.E, 1e15 + 0.5, 4503599627370497.5,
	-2.5, 1.5, 2.5, 123456.789, 1e22, math.Inf(1), math.Inf(-1), math.NaN()}

func bits(f float64) string {
	if math.IsNaN(f) {
		return "nan"
	}
	return fmt.Sprintf("%x", math.Float64bits(f))
}

func main() {
	one := []struct {
		name string
		f    func(float64) float64
	}{{"sin", math.Sin}, {"cos", math.Cos}, {"tan", math.Tan}, {"exp", math.Exp}, {"exp2", math.Exp2}, {"expm1", math.Expm1}, {"log", math.Log}, {"log2", math.Log2}, {"log10", math.Log10},
		{"log1p", math.Log1p}, {"sqrt", math.Sqrt}, {"cbrt", math.Cbrt}, {"floor", math.Floor}, {"ceil", math.Ceil}, {"trunc", math.Trunc}, {"round", math.Round}, {"even", math.RoundToEven},
		{"asin", math.Asin}, {"acos", math.Acos}, {"atan", math.Atan}, {"sinh", math.Sinh}, {"cosh", math.Cosh}, {"tanh", math.Tanh}, {"asinh", math.Asinh}, {"gamma", math.Gamma}, {"erf", math.Erf},
		{"j0", math.J0}, {"abs", math.Abs}}
	for _, o := range one {
		fmt.Print(o.name)
		for _, v := range values {
			fmt.Print(" ", bits(o.f(v)))
		}
		fmt.Println()
	}
	two := []struct {
		name string
		f    func(a, b float64) float64
	}{{"pow", math.Pow}, {"atan2", math.Atan2}, {"mod", math.Mod}, {"hypot", math.Hypot}, {"max", math.Max}, {"min", math.Min}, {"rem", math.Remainder}, {"next", math.Nextafter}, {"copysign", math.Copysign}, {"dim", math.Dim}}
	for _, t := range two {
		fmt.Print(t.name)
		for i, a := range values {
			b := values[(i*7+3)%len(values)]
			fmt.Print(" ", bits(t.f(a, b)))
		}
		fmt.Println()
	}
	fmt.Print("fma")
	for i, a := range values {
		fmt.Print(" ", bits(math.FMA(a, values[(i*5+1)%len(values)], values[(i*3+2)%len(values)])))
	}
	fmt.Println()
	for _, v := range values {
		fr, ex := math.Frexp(v)
		ip, fp := math.Modf(v)
		fmt.Print(bits(fr), ":", ex, " ", bits(math.Ldexp(v, 3)), " ", bits(ip), " ", bits(fp), "; ")
	}
	fmt.Println()
	for _, z := range []complex128{1 + 2i, -3, 2i, 0} {
		fmt.Println(cmplx.Sqrt(z), cmplx.Exp(z), cmplx.Abs(z), z*z/(z+1))
	}
	s := 0.0
	for i := 1; i < 20000; i++ {
		s += math.Sin(float64(i)) * math.Sqrt(float64(i)) / (1 + math.Abs(math.Cos(float64(i)*0.37)))
	}
	fmt.Println(bits(s))
}
