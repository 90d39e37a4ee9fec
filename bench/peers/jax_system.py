"""JAX, jitted, in doubles; data are arguments, so that nothing is computed when compiling."""

import types

import functions
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)

NAMESPACE = types.SimpleNamespace(
    sum=jnp.sum,
    log=jnp.log,
    exp=jnp.exp,
    eye=jnp.eye,
    relu=lambda x: jnp.maximum(x, 0),
    logsumexp=jax.scipy.special.logsumexp,
    logdet=lambda X: jnp.linalg.slogdet(X)[1],
    solve=jnp.linalg.solve,
)


def prepare(problem, data, threads):
    name, _ = functions.VARIABLES[problem]
    arguments = {key: jnp.asarray(array) for key, array in data.items()}
    variable = arguments.pop(name)

    def function(x, rest):
        return getattr(functions, problem)(NAMESPACE, x, **rest)

    def computation(transformed):
        compiled = jax.jit(transformed)
        return lambda: jax.block_until_ready(compiled(variable, arguments))

    hessian = functions.Chosen(
        computation(jax.hessian(function)),
        computation(jax.jacrev(jax.jacrev(function))),
    )
    return dict(
        VALUE=computation(function),
        GRADIENT=computation(jax.grad(function)),
        VALUE_AND_GRADIENT=computation(jax.value_and_grad(function)),
        HESSIAN=functions.too_large(problem, data) or hessian,
    )
