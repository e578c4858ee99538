{ The program to start from: what the last power cut left open, then one payment.

    PayDemo HOST PORT JOURNAL SALE AMOUNT [--simulator]      PayDemo 192.168.1.105 33350 C:\Till 2026-11-23/1/42 125.50

  JOURNAL is a folder that exists: md C:\Till. It ends with 0 paid, 1 not paid, 2 an error, 3 nobody knows yet. }
program PayDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalOutcome, ComgateTerminal, DemoTill;

type
  TTill = class
    procedure ShowStatus(Sender: TObject; Phase: Integer; const Text: string);
    procedure StoreRecovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    procedure Run;
  end;

procedure TTill.ShowStatus(Sender: TObject; Phase: Integer; const Text: string);
begin
  Say(Format('  %d %s', [Phase, Text]));
end;

procedure TTill.StoreRecovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Say('left open by an earlier run:');
  Tell(Outcome);
  // A till stores it in its database, under Outcome.TransactionId, and only then says so.
  Stored := True;
end;

procedure TTill.Run;
var
  Terminal: TComgateTerminal;
  Outcome: IComgateOutcome;
begin
  Terminal := OpenTerminal;
  try
    Terminal.OnStatus := ShowStatus;
    Terminal.OnRecovered := StoreRecovered;
    Terminal.Recover;

    Outcome := Terminal.Pay(Argument(1, 'SALE'), AmountArgument(2));
    ExitCode := Tell(Outcome);
    // Here as well: first stored, then acknowledged.
    if Outcome.Verdict = cvApproved then
      Terminal.Acknowledge(Outcome.SaleId);
  finally
    Terminal.Free;
  end;
end;

var
  Till: TTill;
begin
  Till := TTill.Create;
  try
    try
      Till.Run;
    except
      on E: Exception do
        ExitCode := TellError(E);
    end;
  finally
    Till.Free;
  end;
end.
