{ Closes the terminal's batch at the end of the day, and says first what is still open.

    ClosingDemo HOST PORT JOURNAL CLOSING [--simulator] }
program ClosingDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalApi, ComgateTerminalOutcome, ComgateTerminal, DemoTill;

procedure Run;
var
  Terminal: TComgateTerminal;
  Outcome: IComgateOutcome;
  Undecided, Unacknowledged: Integer;
begin
  Terminal := OpenTerminal;
  try
    Terminal.UnresolvedCount(Undecided, Unacknowledged);
    Say(Format('%d sales are not decided, %d not acknowledged', [Undecided, Unacknowledged]));
    Outcome := Terminal.Closing(Argument(1, 'CLOSING'));
    ExitCode := Tell(Outcome);
    Say(Format('%d sales', [Outcome.GetInteger(CGT_F_DEBITS_COUNT)]));
    if Outcome.Verdict = cvApproved then
      Terminal.Acknowledge(Outcome.SaleId);
  finally
    Terminal.Free;
  end;
end;

begin
  try
    Run;
  except
    on E: Exception do
      ExitCode := TellError(E);
  end;
end.
