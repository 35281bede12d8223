package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.inpaint4j.search.FoundLatent;

/**
 * How G(z) came to look like the known pixels, as an animated GIF that runs without end and rests
 * on its last frame (GIF89a with Netscape's loop extension; 256 colours a frame).
 */
public final class Animation {

  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  /** Hundredths of a second; browsers show less than 2 as 10. */
  private static final int FRAME_TIME = 10;

  private static final int LAST_FRAME_TIME = 200;

  /** Smaller pictures are enlarged by a whole number to at least this. */
  private static final int SIDE = 256;

  private Animation() {}

  /**
   * Writes the frames of a latent search.
   *
   * @param found with at least one frame, see {@link Inpainter.Builder#recordFrames}
   * @param out where to; flushed, not closed
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if no frames were recorded
   */
  public static void write(FoundLatent found, OutputStream out) throws IOException {
    checkState(
        !found.frames().isEmpty(), "an animation must have frames: set recordFrames to get them");
    write(found.frames(), out);
  }

  /** Writes pictures of one size, at least one. */
  private static void write(List<BufferedImage> frames, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage frame = enlarged(frames.get(i));
        int time = i + 1 == frames.size() ? LAST_FRAME_TIME : FRAME_TIME;
        writer.writeToSequence(
            new IIOImage(frame, null, timing(writer, frame, time, i == 0)), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    out.flush();
  }

  private static BufferedImage enlarged(BufferedImage frame) {
    int scale = (SIDE + frame.getWidth() - 1) / frame.getWidth();
    int width = scale * frame.getWidth();
    int height = scale * frame.getHeight();
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(frame, 0, 0, width, height, null);
    graphics.dispose();
    return large;
  }

  private static IIOMetadata timing(
      ImageWriter writer, BufferedImage frame, int time, boolean first) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(time));
    root.appendChild(control);
    if (first) {
      IIOMetadataNode netscape = new IIOMetadataNode("ApplicationExtension");
      netscape.setAttribute("applicationID", "NETSCAPE");
      netscape.setAttribute("authenticationCode", "2.0");
      // Block 1: the number of rounds, little endian, 0 for without end.
      netscape.setUserObject(new byte[] {1, 0, 0});
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(netscape);
      root.appendChild(extensions);
    }
    metadata.mergeTree(FORMAT, root);
    return metadata;
  }
}
