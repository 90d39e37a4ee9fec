"""PyTorch, eager, in doubles, with the data as constants of the function."""

import types
import warnings

import functions
import torch

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)

NAMESPACE = types.SimpleNamespace(
    sum=torch.sum,
    log=torch.log,
    exp=torch.exp,
    eye=torch.eye,
    relu=torch.relu,
    logsumexp=torch.logsumexp,
    logdet=torch.logdet,
    solve=torch.linalg.solve,
)


def prepare(problem, data, threads):
    torch.set_num_threads(threads)
    name, _ = functions.VARIABLES[problem]
    arguments = {key: torch.from_numpy(array) for key, array in data.items()}
    variable = arguments.pop(name)
    tracked = variable.clone().requires_grad_(True)

    def function(x):
        return getattr(functions, problem)(NAMESPACE, x, **arguments)

    def value():
        with torch.no_grad():
            return function(variable)

    def gradient():
        return torch.autograd.grad(function(tracked), tracked)[0]

    def value_and_gradient():
        result = function(tracked)
        return result.detach(), torch.autograd.grad(result, tracked)[0]

    hessian = torch.autograd.functional.hessian
    forms = [lambda: hessian(function, variable)]
    if not functions.too_large(problem, data):
        forms.append(lambda: torch.func.hessian(function)(variable))
        forms.append(lambda: hessian(function, variable, vectorize=True))

    return dict(
        VALUE=value,
        GRADIENT=gradient,
        VALUE_AND_GRADIENT=value_and_gradient,
        HESSIAN=functions.Chosen(*forms),
    )
