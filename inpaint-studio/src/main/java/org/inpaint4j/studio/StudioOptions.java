package org.inpaint4j.studio;

import static com.google.common.base.Preconditions.checkArgument;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a {@link Studio} listens, and what it accepts.
 *
 * @param host the address to bind: a name or an IP address
 * @param port the port; 0 for any free one
 * @param token what a request must bring; empty only on a loopback address
 * @param folder a folder whose pictures are offered, and into which results can be saved
 * @param models files of models that are offered beside the library's own methods
 * @param mostPixels a picture with more pixels is refused before it is decoded
 * @param mostUploadBytes a larger upload is refused before it is read
 * @param mostWaiting how many jobs may wait; the next one is refused
 * @param mostWaitingOfOne how many jobs of one client may wait
 * @param mostOpen how many pictures are kept open; the one not used for the longest time is
 *     forgotten for the next
 */
public record StudioOptions(
    String host,
    int port,
    Optional<String> token,
    Optional<Path> folder,
    List<Path> models,
    long mostPixels,
    long mostUploadBytes,
    int mostWaiting,
    int mostWaitingOfOne,
    int mostOpen) {

  private static final int LEAST_TOKEN = 16;
  private static final int MEGA = 1 << 20;

  /**
   * Checks the values.
   *
   * @param host the address to bind
   * @param port the port
   * @param token what a request must bring
   * @param folder a folder whose pictures are offered
   * @param models files of models
   * @param mostPixels of a picture
   * @param mostUploadBytes of an upload
   * @param mostWaiting jobs
   * @param mostWaitingOfOne jobs of one client
   * @param mostOpen pictures
   */
  public StudioOptions {
    models = List.copyOf(models);
    checkArgument(port >= 0 && port <= 65_535, "port must be from 0 to 65535: found %s", port);
    checkArgument(mostPixels > 0, "most pixels must be positive: found %s", mostPixels);
    checkArgument(
        mostUploadBytes > 0 && mostUploadBytes <= Integer.MAX_VALUE - 64,
        "most bytes of an upload must be from 1 to 2 GiB: found %s",
        mostUploadBytes);
    checkArgument(
        mostWaiting > 0 && mostWaitingOfOne > 0 && mostOpen > 0,
        "most waiting jobs and open pictures must be positive: found %s, %s, %s",
        mostWaiting,
        mostWaitingOfOne,
        mostOpen);
    checkArgument(
        folder.isEmpty() || Files.isDirectory(folder.get()),
        "folder must be a folder that exists: found %s",
        folder.map(Path::toString).orElse(""));
    checkArgument(
        token.isPresent() || isLoopback(host),
        "an address other than this machine's own must be protected by a token: found %s"
            + " without one",
        host);
    checkArgument(
        token.isEmpty() || token.get().matches("[A-Za-z0-9_-]{" + LEAST_TOKEN + ",}"),
        "a token must be at least %s letters, digits, '-' or '_'",
        LEAST_TOKEN);
  }

  /**
   * For the user of this machine alone: 127.0.0.1 at any free port, no folder, pictures of up to 50
   * million pixels, 16 waiting jobs, 8 open pictures. An upload may have an eighth of Java's
   * memory, at least 16 MiB and at most 256.
   *
   * @return the options
   */
  public static StudioOptions local() {
    long eighth = Runtime.getRuntime().maxMemory() / 8;
    return new StudioOptions(
        "127.0.0.1",
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        50_000_000,
        Math.max(16L * MEGA, Math.min(256L * MEGA, eighth)),
        16,
        8,
        8);
  }

  /**
   * Whether only this machine can reach an address.
   *
   * @param host a name or an IP address
   * @return false if others can reach it, or it is unknown
   */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * These options, to be changed.
   *
   * @return a new builder with the values of this
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes some options and leaves the others. */
  public static final class Builder {
    private String host;
    private int port;
    private Optional<String> token;
    private Optional<Path> folder;
    private List<Path> models;
    private long mostPixels;
    private long mostUploadBytes;
    private int mostWaiting;
    private int mostWaitingOfOne;
    private int mostOpen;

    private Builder(StudioOptions options) {
      host = options.host;
      port = options.port;
      token = options.token;
      folder = options.folder;
      models = options.models;
      mostPixels = options.mostPixels;
      mostUploadBytes = options.mostUploadBytes;
      mostWaiting = options.mostWaiting;
      mostWaitingOfOne = options.mostWaitingOfOne;
      mostOpen = options.mostOpen;
    }

    /**
     * The address to bind. One that other machines can reach needs a token.
     *
     * @param address a name or an IP address
     * @return this
     */
    public Builder host(String address) {
      host = address;
      return this;
    }

    /**
     * The port.
     *
     * @param number 0 for any free one
     * @return this
     */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /**
     * What a request must bring.
     *
     * @param secret at least 16 letters, digits, hyphens or underscores
     * @return this
     */
    public Builder token(String secret) {
      token = Optional.of(secret);
      return this;
    }

    /**
     * The folder whose pictures are offered, and into which results can be saved.
     *
     * @param path a folder that exists
     * @return this
     */
    public Builder folder(Path path) {
      folder = Optional.of(path);
      return this;
    }

    /**
     * Models that are offered beside the library's own methods.
     *
     * @param files model files
     * @return this
     */
    public Builder models(List<Path> files) {
      models = List.copyOf(files);
      return this;
    }

    /**
     * The pixels of the largest picture that is accepted.
     *
     * @param pixels at least 1
     * @return this
     */
    public Builder mostPixels(long pixels) {
      mostPixels = pixels;
      return this;
    }

    /**
     * The bytes of the largest upload that is accepted.
     *
     * @param bytes at least 1
     * @return this
     */
    public Builder mostUploadBytes(long bytes) {
      mostUploadBytes = bytes;
      return this;
    }

    /**
     * How many jobs may wait.
     *
     * @param jobs of all clients
     * @param ofOne of one client
     * @return this
     */
    public Builder mostWaiting(int jobs, int ofOne) {
      mostWaiting = jobs;
      mostWaitingOfOne = ofOne;
      return this;
    }

    /**
     * How many pictures are kept open.
     *
     * @param pictures at least 1
     * @return this
     */
    public Builder mostOpen(int pictures) {
      mostOpen = pictures;
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     * @throws IllegalArgumentException if they do not fit together
     */
    public StudioOptions build() {
      return new StudioOptions(
          host,
          port,
          token,
          folder,
          models,
          mostPixels,
          mostUploadBytes,
          mostWaiting,
          mostWaitingOfOne,
          mostOpen);
    }
  }
}
