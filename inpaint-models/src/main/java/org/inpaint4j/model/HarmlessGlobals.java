package org.inpaint4j.model;

import java.util.Set;

/**
 * Classes that people save beside their weights: options, numbers, times, paths. Objects of them
 * are read over. Everything else is refused, although nothing of it would run here either: a file
 * that names {@code os.system} is not what its owner thinks it is.
 */
final class HarmlessGlobals {

  private static final Set<String> CLASSES =
      Set.of(
          "argparse Namespace",
          "types SimpleNamespace",
          "collections Counter",
          "collections deque",
          "pathlib PosixPath",
          "pathlib WindowsPath",
          "pathlib PurePosixPath",
          "pathlib Path",
          "datetime datetime",
          "datetime date",
          "datetime time",
          "datetime timedelta",
          "datetime timezone",
          "uuid UUID",
          "decimal Decimal",
          "fractions Fraction",
          "enum Enum",
          "_codecs encode",
          "copyreg _reconstructor",
          "copy_reg _reconstructor",
          "builtins object",
          "builtins set",
          "builtins frozenset",
          "builtins slice",
          "builtins complex",
          "builtins bytearray",
          "builtins list",
          "builtins dict",
          "builtins tuple",
          "builtins int",
          "builtins float",
          "builtins str",
          "builtins bool",
          "__builtin__ object",
          "__builtin__ set",
          "__builtin__ list",
          "__builtin__ dict",
          "__builtin__ int",
          "__builtin__ float",
          "torch device",
          "torch.serialization _get_layout",
          "torch._utils _rebuild_device_tensor_from_numpy",
          "torch.torch_version TorchVersion",
          "easydict EasyDict",
          "numpy dtype",
          "numpy ndarray",
          "numpy.core.multiarray scalar",
          "numpy.core.multiarray _reconstruct",
          "numpy._core.multiarray scalar",
          "numpy._core.multiarray _reconstruct",
          "numpy.random _pickle",
          "numpy.core.numeric _frombuffer",
          "numpy._core.numeric _frombuffer");

  /** Numbers of PyTorch and NumPy are globals of these modules. */
  private static final Set<String> DTYPES =
      Set.of(
          "float16",
          "float32",
          "float64",
          "bfloat16",
          "float",
          "double",
          "half",
          "int8",
          "int16",
          "int32",
          "int64",
          "uint8",
          "bool",
          "bool_",
          "complex64",
          "complex128");

  private HarmlessGlobals() {}

  static boolean contains(String module, String name) {
    return CLASSES.contains(module + " " + name)
        || ((module.equals("torch") || module.equals("numpy")) && DTYPES.contains(name))
        || (module.equals("numpy.dtypes") && name.endsWith("DType"));
  }
}
