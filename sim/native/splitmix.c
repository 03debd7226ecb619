/* sim.kernel.draws.uniform in C, to the last bit: Python's whole numbers have no 64-bit overflow to lean on.
   The tests hold both against each other and against the published outputs of SplitMix64. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *
uniform(PyObject *module, PyObject *const *given, Py_ssize_t n)
{
    if (n != 3) {
        PyErr_SetString(PyExc_TypeError, "uniform takes a key, a purpose and k");
        return NULL;
    }
    unsigned long long key = PyLong_AsUnsignedLongLongMask(given[0]);
    unsigned long long purpose = PyLong_AsUnsignedLongLongMask(given[1]);
    unsigned long long k = PyLong_AsUnsignedLongLongMask(given[2]);
    if (PyErr_Occurred()) {
        return NULL;
    }
    unsigned long long z = (key ^ purpose) + k * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return PyFloat_FromDouble(((double)((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52);
}

static PyMethodDef functions[] = {
    {"uniform", (PyCFunction)(void (*)(void))uniform, METH_FASTCALL, "Draw number k, uniform on (0, 1): see sim.kernel.draws."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_splitmix", NULL, -1, functions, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit__splitmix(void)
{
    return PyModule_Create(&module);
}
