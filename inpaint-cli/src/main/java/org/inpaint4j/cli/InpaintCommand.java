package org.inpaint4j.cli;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code inpaint} command. Each of its subcommands is a class of its own, listed below.
 *
 * <p>Exit codes: 0 for success, {@value #WRONG_INPUT} for wrong arguments or input (one line on
 * standard error says what and why), 1 for anything else.
 */
@Command(
    name = "inpaint",
    description = "Fills holes in photographs.",
    mixinStandardHelpOptions = true,
    versionProvider = InpaintCommand.Version.class,
    subcommands = {
      DemoCommand.class,
      FillCommand.class,
      StudioCommand.class,
      TrainCommand.class,
      ModelCommand.class,
      TableCommand.class,
      MasksCommand.class
    },
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = false,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 success; 2 wrong arguments or input; 1 anything else.",
      "Ctrl-C ends the work early: what was found so far is written."
    })
public final class InpaintCommand implements Runnable {

  static final int WRONG_INPUT = 2;

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      description = "If something goes wrong, also print where in the program.")
  private boolean stackTrace;

  @Spec private @Nullable CommandSpec spec;

  private InpaintCommand() {}

  /**
   * Runs the command and ends the virtual machine.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(args));
  }

  /** Runs the command; returns its exit code. */
  static int run(String... args) {
    InpaintCommand command = new InpaintCommand();
    try {
      return new CommandLine(command)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setParameterExceptionHandler(InpaintCommand::wrongArguments)
          .setExecutionExceptionHandler(
              (exception, line, parsed) -> command.failed(exception, line))
          .execute(args);
    } catch (LinkageError e) {
      // ND4J finds its native libraries when its first class is used, and says so in this way.
      if (command.stackTrace) {
        e.printStackTrace();
      }
      return complain("inpaint: " + Backends.missing(e), 1);
    } catch (OutOfMemoryError e) {
      return complain(
          "inpaint: failed: the memory of Java is too small ("
              + e.getMessage()
              + ");"
              + " set JAVA_OPTS=-Xmx8g, say",
          1);
    }
  }

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(),
          "a command must be given: one of " + String.join(", ", spec.subcommands().keySet()));
    }
  }

  private static int wrongArguments(ParameterException exception, String[] args) {
    CommandLine line = exception.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    if (isBeyondTheLocale(exception)) {
      return complain(name + ": " + wrongLocale(), WRONG_INPUT);
    }
    return complain(
        name + ": " + firstLine(exception.getMessage()) + " (see " + name + " --help)",
        WRONG_INPUT);
  }

  private int failed(Exception exception, CommandLine line) {
    if (stackTrace) {
      exception.printStackTrace();
    }
    String name = line.getCommandSpec().qualifiedName();
    if (exception instanceof UserException) {
      return complain(name + ": " + exception.getMessage(), WRONG_INPUT);
    }
    if (isBeyondTheLocale(exception)) {
      return complain(name + ": " + wrongLocale(), WRONG_INPUT);
    }
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof LinkageError || cause.getClass().getName().endsWith(BACKEND)) {
        return complain(name + ": " + Backends.missing(cause), 1);
      }
    }
    return complain(
        name + ": failed: " + firstLine(exception.toString()) + (stackTrace ? "" : HINT), 1);
  }

  /** The words of Java's InvalidPathException, which picocli does not pass on but for its words. */
  private static boolean isBeyondTheLocale(Throwable exception) {
    return Stream.iterate(exception, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("unmappable characters"));
  }

  /** Java takes file names from the locale, and cannot name what the locale has no letters for. */
  private static String wrongLocale() {
    return "file names must be written in the letters of the locale: found others, with "
        + Objects.requireNonNullElse(System.getProperty("sun.jnu.encoding"), "no encoding")
        + "; set LC_ALL=C.UTF-8";
  }

  private static final String BACKEND = "Nd4jBackend$NoAvailableBackendException";

  private static final String HINT = " (--stack-trace tells where)";

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static int complain(String message, int code) {
    System.err.println(message);
    return code;
  }

  /** What {@code --version} prints. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = InpaintCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        String.format(
            Locale.ROOT,
            "Inpaint4J %s on Java %s",
            version == null ? "(development)" : version,
            Runtime.version())
      };
    }
  }
}
