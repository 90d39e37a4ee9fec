package nabla.engine.kernel;

/** Functions of one number, with the values that the operations of these names have. */
public enum UnaryFunction {
  NEGATE,
  RECIPROCAL,
  SQUARE,
  SQRT,
  ABS,
  SIGN,
  STEP,
  RELU,
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  SIGMOID,
  SOFTPLUS,
  SIN,
  COS,
  TAN,
  ASIN,
  ACOS,
  ATAN,
  SINH,
  COSH,
  TANH
}
