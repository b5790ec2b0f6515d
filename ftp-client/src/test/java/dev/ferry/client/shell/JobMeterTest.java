package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.FileKind;
import dev.ferry.client.ItemResult;
import dev.ferry.client.ItemResult.Status;
import org.junit.jupiter.api.Test;

class JobMeterTest {
  private long nanos;
  private final JobMeter meter = new JobMeter(() -> nanos);

  @Test
  void knowsTheTotalOfASingleFileAtOnce() {
    meter.announced("/first", FileKind.FILE, 1000);
    meter.moved(250);
    assertThat(meter.reading())
        .returns(1000L, JobMeter.Reading::total)
        .returns(250L, JobMeter.Reading::settled)
        .returns(1L, JobMeter.Reading::totalFiles);
  }

  @Test
  void claimsNoTotalOfATreeBeforeAllOfItIsAnnounced() {
    meter.announced("/folder", FileKind.FOLDER, 0);
    meter.announced("/first", FileKind.FILE, 1000);
    assertThat(meter.reading().total()).isNegative();
    meter.totals(2, 1000);
    assertThat(meter.reading())
        .returns(1000L, JobMeter.Reading::total)
        .returns(1L, JobMeter.Reading::totalFiles);
  }

  @Test
  void addsUpJobsThatFollowEachOther() {
    meter.announced("/first", FileKind.FILE, 1000);
    meter.totals(1, 1000);
    meter.announced("/second", FileKind.FILE, 500);
    assertThat(meter.reading().total()).isNegative();
    meter.totals(1, 500);
    assertThat(meter.reading())
        .returns(1500L, JobMeter.Reading::total)
        .returns(2L, JobMeter.Reading::totalFiles);
  }

  @Test
  void takesWhatNeedNotMoveForSettled() {
    meter.announced("/first", FileKind.FILE, 1000);
    meter.announced("/second", FileKind.FILE, 500);
    meter.totals(2, 1500);
    meter.ended(item("/there", 1000, 0, Status.UNCHANGED));
    meter.moved(200);
    assertThat(meter.reading())
        .returns(1200L, JobMeter.Reading::settled)
        .returns(200L, JobMeter.Reading::moved)
        .returns(1L, JobMeter.Reading::files);
  }

  @Test
  void neverHasMoreThanAllOfItSettled() {
    meter.announced("/first", FileKind.FILE, 1000);
    meter.moved(1400);
    assertThat(meter.reading().settled()).isEqualTo(1000);
  }

  @Test
  void countsNothingTwiceWhenAJobBeginsAnew() {
    meter.announced("/first", FileKind.FILE, 1000);
    meter.announced("/second", FileKind.FILE, 500);
    meter.moved(1000);
    meter.ended(item("/first", 1000, 1000, Status.DONE));
    meter.totals(2, 1500);
    meter.again();
    assertThat(meter.reading().total()).isNegative();
    meter.announced("/first", FileKind.FILE, 1000);
    meter.announced("/second", FileKind.FILE, 500);
    meter.totals(2, 1500);
    assertThat(meter.reading())
        .returns(1500L, JobMeter.Reading::total)
        .returns(1000L, JobMeter.Reading::settled)
        .returns(2L, JobMeter.Reading::totalFiles)
        .returns(1L, JobMeter.Reading::files);
  }

  @Test
  void namesTheFirstFileThatIsNotThroughYet() {
    meter.announced("/folder", FileKind.FOLDER, 0);
    meter.announced("/first", FileKind.FILE, 1000);
    meter.announced("/second", FileKind.FILE, 500);
    assertThat(meter.reading().name()).isEqualTo("/first");
    meter.ended(item("/second", 500, 0, Status.UNCHANGED));
    assertThat(meter.reading().name()).isEqualTo("/first");
    meter.ended(item("/first", 1000, 1000, Status.DONE));
    assertThat(meter.reading().name()).isEqualTo("/first");
  }

  @Test
  void namesNoFileThatAnEarlierTryHasDone() {
    meter.announced("/first", FileKind.FILE, 1000);
    meter.ended(item("/first", 1000, 1000, Status.DONE));
    meter.again();
    meter.announced("/first", FileKind.FILE, 1000);
    meter.announced("/second", FileKind.FILE, 500);
    meter.announced("/third", FileKind.FILE, 500);
    meter.ended(item("/second", 500, 500, Status.DONE));
    assertThat(meter.reading().name()).isEqualTo("/third");
  }

  @Test
  void takesASourceThatCannotBeReadForAFile() {
    meter.ended(new ItemResult("/secret", null, 0, 0, Status.FAILED, null));
    assertThat(meter.reading().files()).isEqualTo(1);
  }

  @Test
  void isQuietSinceTheLastSignOfProgress() {
    nanos = 5_000;
    assertThat(meter.reading().quietNanos()).isEqualTo(5_000);
    meter.moved(1);
    nanos = 7_000;
    meter.awaiting("the disk to have everything");
    assertThat(meter.reading())
        .returns(2_000L, JobMeter.Reading::quietNanos)
        .returns("the disk to have everything", JobMeter.Reading::awaited);
  }

  private static ItemResult item(String path, long size, long sent, Status status) {
    return new ItemResult(path, FileKind.FILE, size, sent, status, null);
  }
}
