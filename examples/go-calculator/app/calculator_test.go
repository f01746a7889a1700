package main

import "testing"

func TestCalculate(t *testing.T) {
	for input, want := range map[string]float64{"2*100": 200, "5/2": 2.5, " 1 + 2 ": 3, "-1.5-1": -2.5} {
		if got, err := Calculate(input); err != nil || got != want {
			t.Errorf("Calculate(%q) = %v, %v; want %v", input, got, err, want)
		}
	}
}

func TestCalculateRefuses(t *testing.T) {
	for _, input := range []string{"", "2", "2**3", "1/0", "a+b", "1+2+3"} {
		if got, err := Calculate(input); err == nil {
			t.Errorf("Calculate(%q) = %v; want an error", input, got)
		}
	}
}
