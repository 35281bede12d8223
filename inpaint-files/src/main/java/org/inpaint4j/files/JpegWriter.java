package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes JPEG files with profile, EXIF data and resolution; every pixel has its own colour. */
final class JpegWriter {

  /** Files three times as large as at Java's 0.75, and differences that nobody sees. */
  private static final float QUALITY = 0.95f;

  /** A segment has at most 65533 bytes of content. */
  static final int MOST_CONTENT = 65533;

  static final int MOST_PIXELS = 65500;

  private JpegWriter() {}

  static void write(BufferedImage image, Metadata metadata, OutputStream out) throws IOException {
    byte[] samples = encode(image);
    out.write(0xFF);
    out.write(0xD8);
    jfif(metadata.resolution == null ? new Metadata.Resolution(0, 0) : metadata.resolution, out);
    byte[] exif = metadata.exif;
    if (exif != null) {
      segment(JpegSegments.APP1, join(JpegSegments.name(JpegSegments.EXIF + "\0"), exif), out);
    }
    byte[] xmp = metadata.xmp;
    if (xmp != null) {
      segment(JpegSegments.APP1, join(JpegSegments.name(JpegSegments.XMP), xmp), out);
    }
    byte[] profile = metadata.profile;
    if (profile != null) {
      profile(profile, out);
    }
    // Java's writer begins with SOI and a JFIF segment of its own.
    int skip = 2;
    if ((samples[3] & 255) == JpegSegments.APP0) {
      skip = 4 + ((samples[4] & 255) << 8 | (samples[5] & 255));
    }
    out.write(samples, skip, samples.length - skip);
  }

  private static void jfif(Metadata.Resolution dots, OutputStream out) throws IOException {
    boolean known = dots.isUsable() && dots.x() >= 1 && dots.x() < 65535 && dots.y() < 65535;
    ByteBuffer content = ByteBuffer.allocate(14);
    content.put(JpegSegments.name("JFIF\0")).put((byte) 1).put((byte) 1);
    content.put((byte) (known ? 1 : 0));
    content.putShort((short) (known ? Math.round(dots.x()) : 1));
    content.putShort((short) (known ? Math.round(dots.y()) : 1));
    segment(JpegSegments.APP0, content.array(), out);
  }

  private static void profile(byte[] profile, OutputStream out) throws IOException {
    int most = MOST_CONTENT - JpegSegments.ICC.length() - 2;
    int parts = (profile.length + most - 1) / most;
    for (int i = 0; i < parts; i++) {
      byte[] part = Arrays.copyOfRange(profile, i * most, Math.min(profile.length, (i + 1) * most));
      byte[] name =
          join(JpegSegments.name(JpegSegments.ICC), new byte[] {(byte) (i + 1), (byte) parts});
      segment(JpegSegments.APP2, join(name, part), out);
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void segment(int marker, byte[] content, OutputStream out) throws IOException {
    int length = content.length + 2;
    out.write(new byte[] {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length});
    out.write(content);
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ImageWriter writer = Plugin.jdkWriter("jpeg");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
      Element tree = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
      NodeList components = tree.getElementsByTagName("componentSpec");
      for (int i = 0; i < components.getLength(); i++) {
        Element component = (Element) components.item(i);
        component.setAttribute("HsamplingFactor", "1");
        component.setAttribute("VsamplingFactor", "1");
      }
      metadata.setFromTree(metadata.getNativeMetadataFormatName(), tree);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
