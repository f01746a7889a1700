package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// A number, an operator, a number: "2*100", " 5 / 2 ", "-1.5+2".
var expression = regexp.MustCompile(`^\s*(-?\d+(?:\.\d+)?)\s*([-+*/])\s*(-?\d+(?:\.\d+)?)\s*$`)

var errDivisionByZero = errors.New("division by zero")

// Calculate gives the value of one operation on two numbers.
func Calculate(input string) (float64, error) {
	parts := expression.FindStringSubmatch(input)
	if parts == nil {
		return 0, fmt.Errorf("can't read %q: write a number, one of + - * /, and a number", input)
	}
	left, leftErr := strconv.ParseFloat(parts[1], 64)
	right, rightErr := strconv.ParseFloat(parts[3], 64)
	if leftErr != nil || rightErr != nil {
		return 0, fmt.Errorf("can't read %q: a number is too large", input)
	}
	switch parts[2] {
	case "+":
		return left + right, nil
	case "-":
		return left - right, nil
	case "*":
		return left * right, nil
	}
	if right == 0 {
		return 0, errDivisionByZero
	}
	return left / right, nil
}
