{ Takes back a whole sale, as when the cashier made a mistake. Possible until the terminal's next closing.

    ReversalDemo HOST PORT JOURNAL REVERSAL ORIGINAL [--simulator] }
program ReversalDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalOutcome, ComgateTerminal, DemoTill;

procedure Run;
var
  Terminal: TComgateTerminal;
  Outcome: IComgateOutcome;
begin
  Terminal := OpenTerminal;
  try
    Outcome := Terminal.Reverse(Argument(1, 'REVERSAL'), Argument(2, 'ORIGINAL'));
    ExitCode := Tell(Outcome);
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
