package org.inpaint4j.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inpaint4j.Framing;
import org.inpaint4j.image.Square;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code x,y,size}, {@code centre} or {@code hole}. */
final class RegionConverter implements ITypeConverter<Framing> {

  private static final Pattern REGION =
      Pattern.compile("(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})");

  /** Half the hole's side on each side of it: three quarters of the square are known. */
  private static final double CONTEXT = 0.5;

  @Override
  public Framing convert(String value) {
    if (value.strip().equals("centre")) {
      return Framing.centeredSquare();
    }
    if (value.strip().equals("hole")) {
      return Framing.aroundHole(CONTEXT);
    }
    Matcher matcher = REGION.matcher(value.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "must be x,y,size in pixels, centre or hole: found '" + value + "'");
    }
    int size = Integer.parseInt(matcher.group(3));
    if (size == 0) {
      throw new TypeConversionException("must have a positive size: found '" + value + "'");
    }
    return Framing.square(
        new Square(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), size));
  }
}
