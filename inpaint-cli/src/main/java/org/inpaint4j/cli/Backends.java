package org.inpaint4j.cli;

/** Says why ND4J could not start. */
final class Backends {

  private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  private Backends() {}

  /**
   * Loads CUDA if this build uses it. ND4J's own attempt prints a stack trace when it fails.
   *
   * @throws LinkageError if CUDA is not there
   */
  static void check() {
    if (ClassLoader.getSystemResource(CUDA) != null) {
      try {
        Class.forName("org.bytedeco.cuda.global.cudart");
      } catch (ClassNotFoundException e) {
        throw new LinkageError("the classes of CUDA must be on the class path", e);
      }
    }
  }

  /**
   * What is missing.
   *
   * @param failure what ND4J threw
   * @return one sentence
   */
  static String missing(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    String why =
        root.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("no reason");
    if (ClassLoader.getSystemResource(CUDA) != null) {
      return "this build calculates on an NVIDIA GPU (-Pcuda): a GPU with its driver and the"
          + " libraries of CUDA 11.6 must be present, found none that works ("
          + why
          + "); build without -Pcuda to use the CPU";
    }
    return "the native library of ND4J must fit this machine: it could not be loaded (" + why + ")";
  }
}
