package org.inpaint4j.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.image.Margins;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.inpaint4j.patch.PatchOptions;
import org.inpaint4j.patch.SourceTurns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code fill} that say how patches of the photo are copied. */
final class PatchFlags {

  @Option(
      names = "--source",
      paramLabel = "MASK",
      description =
          "A picture as large as the upright photo that shows what may be copied into wide parts of"
              + " the hole, by the same convention as the mask. Default: everything known around the"
              + " hole.")
  private @Nullable Path source;

  @Option(
      names = "--extend",
      paramLabel = "LEFT,TOP,RIGHT,BOTTOM",
      converter = MarginsConverter.class,
      description =
          "Extends the photo beyond its borders by so many pixels, which are filled. Then --mask"
              + " (and --source), of the photo as it is, may be left out.")
  private @Nullable Margins extend;

  @Option(
      names = "--colour-adaptation",
      paramLabel = "0..1",
      description =
          "The largest difference of level that is taken away between copied pieces, and between"
              + " them and their surroundings; black to white is 1, and 0 leaves every sample as it is"
              + " in the photo. Default: 0.16.")
  private @Nullable Double colourAdaptation;

  @Option(
      names = "--turn",
      paramLabel = "none|mirrored|all",
      description =
          "How pieces may be turned when they are copied: not at all, left and right exchanged as"
              + " well, or also by quarter turns. Default: none.")
  private @Nullable Turn turn;

  @Option(
      names = "--no-repeats",
      description = "Copies no place of the photo twice where another one does nearly as well.")
  private boolean noRepeats;

  @Option(
      names = "--grain",
      paramLabel = "0..1",
      description =
          "How much of the photo's grain thin parts of the hole get: none, 0, is most faithful; 1 is"
              + " as much as around them. Wide parts always have it. Default: 0.")
  private @Nullable Double grain;

  /** What {@code --turn} knows; the names are what users write. */
  enum Turn {
    none(SourceTurns.NONE),
    mirrored(SourceTurns.MIRRORED),
    all(SourceTurns.ALL);

    private final SourceTurns turns;

    Turn(SourceTurns turns) {
      this.turns = turns;
    }
  }

  /** Reads {@code --extend}. */
  static final class MarginsConverter implements ITypeConverter<Margins> {

    private static final Pattern MARGINS =
        Pattern.compile("(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})");

    @Override
    public Margins convert(String value) {
      Matcher matcher = MARGINS.matcher(value.strip());
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "must be left,top,right,bottom in pixels: found '" + value + "'");
      }
      return new Margins(
          number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
    }

    private static int number(Matcher matcher, int group) {
      return Integer.parseInt(matcher.group(group));
    }
  }

  /** By how much the photo is to be extended, if it is. */
  Optional<Margins> extension() {
    return Optional.ofNullable(extend);
  }

  /** The picture of what may be copied, if it is given. */
  Optional<Path> source() {
    return Optional.ofNullable(source);
  }

  /** Whether an option says something about a single photo. */
  boolean isOfOnePhoto() {
    return source != null || extend != null;
  }

  /** Whether something is given that patches alone know. */
  boolean isGiven() {
    return source != null || colourAdaptation != null || turn != null || noRepeats || grain != null;
  }

  /**
   * What fills holes that hide no face.
   *
   * @throws UserException if an option is out of range
   */
  Supplier<MixedFill> mixed() throws UserException {
    PatchOptions.Builder options = PatchOptions.balanced().toBuilder().avoidsRepeats(noRepeats);
    if (colourAdaptation != null) {
      options.colourAdaptation(share("--colour-adaptation", colourAdaptation));
    }
    if (turn != null) {
      options.turns(turn.turns);
    }
    double amount = grain == null ? 0 : share("--grain", grain);
    return () -> MixedFill.of(PatchFill.of(options.build())).withGrain(amount);
  }

  private static double share(String option, double value) throws UserException {
    if (!(value >= 0 && value <= 1)) {
      throw new UserException(
          String.format(Locale.ROOT, "%s must lie between 0 and 1: found %s", option, value));
    }
    return value;
  }

  /**
   * The sources of a photo, if they are given.
   *
   * @param photo the size of the photo as it is in its file
   * @throws UserException if the file cannot be read or has another size
   */
  Optional<Mask> sources(MaskConvention convention, Size photo) throws UserException {
    if (source == null) {
      return Optional.empty();
    }
    Mask mask = MaskFile.mask(convention, "--source", source);
    if (!mask.size().equals(photo)) {
      throw new UserException(
          String.format(
              "--source must be as large as the photo: expected %s, found %s (%s)",
              photo, mask.size(), source));
    }
    // By the convention of holes, sources are the hole of their mask.
    return Optional.of(
        extend == null ? mask : mask.placed(extend.of(photo), extend.extended(photo)));
  }
}
