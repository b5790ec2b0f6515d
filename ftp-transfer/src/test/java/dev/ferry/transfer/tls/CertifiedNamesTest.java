package dev.ferry.transfer.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertifiedNamesTest {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  @ParameterizedTest
  @CsvSource({
    "a.example, a.example, true",
    "a.example, A.Example., true",
    "A.EXAMPLE, a.example, true",
    "a.example, b.example, false",
    "a.example, aa.example, false",
    "a.example, x.a.example, false",
    "*.a.example, x.a.example, true",
    "*.a.example, X.A.example, true",
    "*.a.example, a.example, false",
    "*.a.example, .a.example, false",
    "*.a.example, x.y.a.example, false",
    "*.a.example, xa.example, false",
    "*.example, a.example, false",
    "*, example, false",
    "x*.a.example, xy.a.example, false",
    "a.*.example, a.b.example, false",
    "xn--bcher-kva.example, bücher.example, true",
    "127.0.0.1, 127.0.0.1, false",
    "*.0.0.1, 127.0.0.1, false"
  })
  void namesAreForNames(String certified, String host, boolean expected) {
    CertifiedNames names = new CertifiedNames(List.of(List.of(DNS, certified)));
    assertThat(names.include(host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0:0:0:0:0:0:0:1, ::1, true",
    "0:0:0:0:0:0:0:1, ::2, false",
    "127.0.0.1, localhost, false"
  })
  void addressesAreForAddresses(String certified, String host, boolean expected) {
    CertifiedNames names = new CertifiedNames(List.of(List.of(ADDRESS, certified)));
    assertThat(names.include(host)).isEqualTo(expected);
  }
}
