package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.util.ArrayList;
import java.util.List;

/** What formats can hold, known before anything is written. */
final class Holding {

  private Holding() {}

  static void check(BufferedImage image, PictureFormat target) throws PictureException {
    String name = target.label();
    if (target == PictureFormat.GIF) {
      throw new PictureException(
          "GIF can only be read: a filled photo has more than its 256 colours; write a .png"
              + " instead");
    }
    if (!target.canWrite()) {
      throw new PictureException(name + " can only be read; write a .png instead");
    }
    Layout layout = Layout.of(image);
    if (layout.isFloat() && target != PictureFormat.TIFF) {
      throw new PictureException(name + " cannot hold floats as samples; write a .tif instead");
    }
    boolean eight = target == PictureFormat.JPEG || target == PictureFormat.BMP;
    if (eight && layout.type() != DataBuffer.TYPE_BYTE) {
      throw new PictureException(
          name + " cannot hold " + layout.bits() + " bits; write a .png or .tif instead");
    }
    if (target == PictureFormat.JPEG && layout.alpha()) {
      throw new PictureException(
          "JPEG cannot hold transparency; write a .png, .tif or .bmp instead");
    }
    int longest = Math.max(image.getWidth(), image.getHeight());
    if (target == PictureFormat.JPEG && longest > JpegWriter.MOST_PIXELS) {
      throw new PictureException(
          "JPEG cannot hold a side of " + longest + " pixels; write a .png instead");
    }
  }

  static List<String> losses(BufferedImage image, Metadata metadata, PictureFormat target) {
    List<String> losses = new ArrayList<>();
    fitting(image, metadata, target, losses);
    if (!target.isLossless()) {
      losses.add(0, "JPEG changes all pixels a little; write a .png to keep them as they are");
    }
    if (target != PictureFormat.TIFF && Layout.of(image).premultiplied()) {
      losses.add(
          target.label()
              + " cannot hold colours multiplied by their opacity: they are divided, and rounded");
    }
    return List.copyOf(losses);
  }

  /** The part of the metadata that a format holds; the rest is told to the list. */
  static Metadata fitting(
      BufferedImage image, Metadata metadata, PictureFormat target, List<String> losses) {
    Metadata fitting = new Metadata();
    String name = target.label();
    fitting.profile = metadata.profile;
    fitting.resolution = metadata.resolution;
    fitting.exif = metadata.exif;
    fitting.xmp = metadata.xmp;
    if (target == PictureFormat.PNG) {
      fitting.chunks.addAll(metadata.chunks);
    } else if (metadata.chunks.stream().anyMatch(chunk -> !chunk.type().endsWith("Xt"))
        && metadata.profile == null
        && metadata.chunks.stream().noneMatch(chunk -> chunk.type().equals("sRGB"))) {
      losses.add(name + " cannot hold PNG's description of colours: it is left out");
    }
    byte[] exif = metadata.exif;
    byte[] xmp = metadata.xmp;
    if (target == PictureFormat.BMP) {
      if (exif != null || xmp != null) {
        losses.add("BMP cannot hold EXIF or XMP data: it is left out");
      }
      fitting.exif = null;
      fitting.xmp = null;
      if (metadata.profile != null && Layout.of(image).colors() == 1) {
        losses.add("BMP cannot hold a profile of gray: it is left out");
        fitting.profile = null;
      }
    } else if (target == PictureFormat.JPEG) {
      if (exif != null && exif.length > JpegWriter.MOST_CONTENT - JpegSegments.EXIF.length() - 1) {
        losses.add("JPEG cannot hold EXIF data of " + exif.length + " bytes: it is left out");
        fitting.exif = null;
      }
      if (xmp != null && xmp.length > JpegWriter.MOST_CONTENT - JpegSegments.XMP.length()) {
        losses.add("JPEG cannot hold XMP data of " + xmp.length + " bytes: it is left out");
        fitting.xmp = null;
      }
    }
    return fitting;
  }
}
