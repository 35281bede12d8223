package org.inpaint4j.studio;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom the studio is for. A page of another site must not reach it: neither by posting to
 * it ({@code Origin}), nor by a name of its own that it has resolve to this machine ({@code Host}).
 */
final class Guard {

  private static final String COOKIE = "inpaint-studio";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Optional<String> token;
  private final boolean loopback;
  private final Set<String> names;
  private volatile int port;

  Guard(StudioOptions options) {
    this.token = options.token();
    this.loopback = StudioOptions.isLoopback(options.host());
    String host = options.host().toLowerCase(Locale.ROOT);
    boolean bare = host.contains(":") && !host.startsWith("[");
    this.names = new HashSet<>(List.of("127.0.0.1", "localhost", "[::1]"));
    names.add(bare ? "[" + host + "]" : host);
  }

  /** The port, once it is known. */
  void port(int number) {
    port = number;
  }

  /**
   * Checks a request, and says what browsers may do with the answer.
   *
   * @throws Refusal if it is not let in
   */
  void check(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("X-Frame-Options", "DENY");
    context.header("Cache-Control", "no-store");
    String host = context.header("Host");
    checkHost(host);
    checkOrigin(context, String.valueOf(host));
    if (token.isPresent()) {
      checkToken(context, token.get());
    }
  }

  private void checkHost(@Nullable String host) {
    // Elsewhere the name is not known in advance; there the token keeps strangers out.
    if (host == null || (loopback && !isOwn(host.toLowerCase(Locale.ROOT)))) {
      throw new Refusal(
          Refusal.FORBIDDEN, "the Host must be this machine's own: found another name");
    }
  }

  private boolean isOwn(String host) {
    String end = ":" + port;
    return host.endsWith(end)
        ? names.contains(host.substring(0, host.length() - end.length()))
        : port == 80 && names.contains(host);
  }

  private static void checkOrigin(Context context, String host) {
    String origin = context.header("Origin");
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      throw new Refusal(Refusal.FORBIDDEN, "the Origin must be the studio itself: found another");
    }
    String site = context.header("Sec-Fetch-Site");
    boolean isPage = context.path().equals("/") && context.method().name().equals("GET");
    if (site != null && !isPage && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal(
          Refusal.FORBIDDEN, "a request must come from the studio's own page: found another site");
    }
  }

  private void checkToken(Context context, String secret) {
    String bearer = context.header("Authorization");
    if (bearer != null && bearer.startsWith("Bearer ") && same(bearer.substring(7), secret)) {
      return;
    }
    if (same(String.valueOf(context.cookie(COOKIE)), secret)) {
      return;
    }
    if (context.path().equals("/") && same(String.valueOf(context.queryParam("token")), secret)) {
      context.header("Set-Cookie", COOKIE + "=" + secret + "; Path=/; HttpOnly; SameSite=Strict");
      return;
    }
    throw new Refusal(
        Refusal.UNAUTHORIZED,
        "a request must bring the token: open the address with the token once, or send it as"
            + " Authorization: Bearer");
  }

  /** Takes as long for a wrong one as for the right one. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
